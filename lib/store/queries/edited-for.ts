import type { Row } from '../contract.ts';
import { text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';

/** A task that a session has claimed and works on. */
export interface HeldTask {
  readonly id: string;
  readonly agent: string;
  readonly since: string;
}

/** What tells for which task a session edits: the tasks that it holds, and the ids of others. */
export interface EditedFor {
  readonly held: readonly HeldTask[];
  readonly idByKey: ReadonlyMap<string, string>;
}

/** Asks for the tasks of a workspace that a session may edit for. */
export function editedFor(
  { workspaceId, session }: { readonly workspaceId: string; readonly session: string },
  keys: readonly string[],
): Request<EditedFor> {
  // Sessions and keys have indexes of their own, which lead to few tasks.
  const isOwn = (row: Row) => text(row, 'workspace_id') === workspaceId;
  const held = query(
    `SELECT id, workspace_id, claim_agent_id, claimed_at FROM tasks
     WHERE claim_session_id = ? AND COALESCE(status, '') = 'in_progress'
     ORDER BY claimed_at DESC, id`,
    [session],
    (rows) =>
      rows.filter(isOwn).map((row) => ({
        id: text(row, 'id'),
        agent: text(row, 'claim_agent_id'),
        since: time(row, 'claimed_at'),
      })),
  );
  const named = inList(
    keys,
    (list) => `SELECT id, workspace_id, task_key FROM tasks WHERE task_key IN (${list})`,
    (rows) => new Map(rows.filter(isOwn).map((row) => [text(row, 'task_key'), text(row, 'id')])),
  );
  return mapped(together(held, named), ([tasks, idByKey]) => ({ held: tasks, idByKey }));
}
