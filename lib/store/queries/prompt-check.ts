import type { HolderSession } from '../../model/liveness.ts';
import { versionAt } from '../../model/prompt/list.ts';
import type { Db } from '../contract.ts';
import { schemaTable } from '../migrations/known-version.ts';
import { integer, text, time, timeOrNull } from '../sql/columns.ts';
import { nextStart } from '../tables/ready.ts';
import { requireReadable, toHolder } from './prompt-rows.ts';

/** The facts that may differ although no task has changed. */
export interface PromptCheck {
  /** The workspace's guard token, which every change replaces. */
  readonly token: string;
  /** When a task becomes ready by time alone; null: none does. */
  readonly nextStart: string | null;
  /** The database's clock. */
  readonly at: string;
  readonly holders: ReadonlyMap<string, HolderSession>;
}

/** Reads the version of a list alone. */
export async function readVersion(db: Db, workspaceId: string): Promise<string | undefined> {
  const [row] = await db.query(
    `SELECT guard_token, ${nextStart(db.dialect)} AS next_start FROM workspaces WHERE id = ?`,
    [workspaceId, workspaceId],
  );
  return row && versionAt(text(row, 'guard_token'), timeOrNull(row, 'next_start'));
}

/**
 * Asks whether a list is unchanged, by one row of the workspace and one of each session that holds
 * a claim. Dolt takes 8 ms to plan the reading of a whole list, and 1 ms for this.
 *
 * @returns undefined when the database does not have the workspace.
 *
 * @throws StoreError `no_schema` when a newer docket has changed the schema past this reader.
 */
export async function checkPrompt(
  db: Db,
  workspaceId: string,
  sessions: readonly string[],
): Promise<PromptCheck | undefined> {
  const ids = sessions.length === 0 ? [''] : sessions;
  const rows = await db.query(
    `SELECT 'workspace' AS section, guard_token AS id, ${db.dialect.now} AS last_seen_at,
       NULL AS ended_at, NULL AS process_scope,
       (SELECT MAX(oldest_reader) FROM ${schemaTable}) AS process_id, NULL AS process_start,
       ${nextStart(db.dialect)} AS next_start
     FROM workspaces WHERE id = ?
     UNION ALL
     SELECT 'holder', id, last_seen_at, ended_at, process_scope, process_id, process_start, NULL
     FROM sessions WHERE id IN (${ids.map(() => '?').join(', ')})`,
    [workspaceId, workspaceId, ...ids],
  );
  const workspace = rows.find((row) => row.section === 'workspace');
  if (workspace === undefined) return undefined;
  requireReadable(integer(workspace, 'process_id'));
  const holders = rows
    .filter((row) => row.section === 'holder')
    .map((row) => toHolder(row, text(row, 'id')));
  return {
    token: text(workspace, 'id'),
    nextStart: timeOrNull(workspace, 'next_start'),
    at: time(workspace, 'last_seen_at'),
    holders: new Map(holders.map((holder) => [holder.id, holder])),
  };
}
