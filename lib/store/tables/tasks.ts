import type { Task } from '../../model/task/task.ts';
import type { Db, Row } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { ask, query, type Request } from '../sql/request.ts';
import { inReadyOrder, selectReady } from './ready.ts';
import { tasksByIds } from './task-lookups.ts';
import { taskColumns } from './task-row.ts';

/** Asks for whole rows of these tasks. */
export function taskRowsById(ids: readonly string[]): Request<readonly Row[]> {
  return inList(
    ids,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE id IN (${list}) ORDER BY id`,
    (rows) => rows,
  );
}

/** Asks for the whole row of the task with this key, in any workspace. */
export function taskRowByKey(key: string): Request<Row | undefined> {
  return query(`SELECT ${taskColumns} FROM tasks WHERE task_key = ?`, [key], ([row]) => row);
}

/** Asks for the first task of a workspace that is ready, by its queue or because its time has come. */
export function firstReady(
  { dialect }: Pick<Db, 'dialect'>,
  workspaceId: string,
): Request<Pick<Task, 'id' | 'key'> | undefined> {
  return query(
    selectReady(dialect, 'id, task_key, priority, created_at', 1),
    [workspaceId, workspaceId],
    (rows) => {
      const [row] = inReadyOrder(rows);
      return row && { id: text(row, 'id'), key: text(row, 'task_key') };
    },
  );
}

export function findTasks(db: Db, ids: readonly string[]): Promise<readonly Task[]> {
  return ask(db, tasksByIds(ids));
}

export async function findClaimedIds(db: Db, sessionId: string): Promise<readonly string[]> {
  const rows = await db.query('SELECT id FROM tasks WHERE claim_session_id = ? ORDER BY id', [
    sessionId,
  ]);
  return rows.map((row) => text(row, 'id'));
}
