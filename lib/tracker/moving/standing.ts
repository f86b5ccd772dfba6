import type { Db, Store } from '../../store/contract.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import { integer, textOrNull } from '../../store/sql/columns.ts';
import { ask } from '../../store/sql/request.ts';
import { ensureWorkspace } from '../database/join-workspace.ts';
import { storedTime } from '../stored-time.ts';
import { lastEventOf, readEvent, readWorkspace } from './list-in-database.ts';
import type { MovedWorkspace } from './moved-list.ts';
import { guard } from './target.ts';

/** How a list stands in the database that it is moved to. */
export interface Standing {
  /** Undefined where the database does not have the list yet. */
  readonly workspace: MovedWorkspace | undefined;
  /** Its last event there. */
  readonly lastEvent: MovedRow | undefined;
  readonly otherLists: number;
  /** The URL of the database in which it went on since, where nothing may be changed here. */
  readonly movedTo: string | null;
}

export async function findStanding(db: Db, id: string): Promise<Standing> {
  const workspace = await readWorkspace(db, id);
  const last = workspace === undefined ? 0 : await lastEventOf(db, id);
  const [row] = await db.query(
    'SELECT COUNT(*) AS count, MAX(CASE WHEN id = ? THEN moved_to END) AS moved_to FROM workspaces',
    [id],
  );
  const lists = row === undefined ? 0 : integer(row, 'count');
  return {
    workspace,
    lastEvent: last === 0 ? undefined : await readEvent(db, id, last),
    otherLists: lists - (workspace === undefined ? 0 : 1),
    movedTo: row === undefined ? null : textOrNull(row, 'moved_to'),
  };
}

/** Makes the list where the database does not have it; its slug is another where it is taken. */
export async function makeRoom(store: Store, workspace: MovedWorkspace): Promise<string> {
  const { id, slug, created_by: createdBy } = workspace;
  return (await ensureWorkspace(store, { id, slug }, createdBy)).slug;
}

/** Gives a list that was moved what its workspace says of it. */
export async function finishWorkspace(
  store: Store,
  workspace: MovedWorkspace,
  seq: number,
): Promise<void> {
  await store.write(async (db) => {
    await ask(db, guard(workspace.id, seq));
    await db.run(
      `UPDATE workspaces SET seq = ?, task_count = ?, root_commit = COALESCE(?, root_commit),
         origin = COALESCE(?, origin), created_at = ?, created_by = ?, moved_to = NULL, archived_seq = COALESCE(
           (SELECT MAX(a.last_seq) FROM archived_tasks a WHERE a.workspace_id = ?), 0)
       WHERE id = ?`,
      [
        workspace.seq,
        workspace.task_count,
        workspace.root_commit,
        workspace.origin,
        storedTime(workspace.created_at),
        workspace.created_by,
        workspace.id,
        workspace.id,
      ],
    );
    db.describe(`docket: moved the list ${workspace.slug}`);
  });
}
