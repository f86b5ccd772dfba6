import type { Queue, Status, Task } from '../../model/task/task.ts';
import type { Db, Dialect } from '../contract.ts';
import { integer, text } from '../sql/columns.ts';
import { chunks, placesFor, queryIn } from '../sql/in-list.ts';
import { now } from '../sql/now.ts';
import { assignments, insertRows, runWrites, type WriteStatement } from '../sql/write.ts';
import { type NewTask, newRow, type TaskChange, taskColumns, toTask } from './task-row.ts';

export function insertTask(db: Db, task: NewTask): Promise<unknown> {
  return runWrites(db, insertTasksStatements(db.dialect, [task]));
}

/** Inserts tasks; a container stands before its subtasks. */
export function insertTasksStatements(
  dialect: Dialect,
  tasks: readonly NewTask[],
): readonly WriteStatement[] {
  return insertRows(dialect, 'tasks', tasks.map(newRow));
}

export async function findTasks(db: Db, ids: readonly string[]): Promise<readonly Task[]> {
  const rows = await queryIn(
    db,
    ids,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE id IN (${list}) ORDER BY id`,
  );
  return rows.map(toTask);
}

export async function findTaskByKey(db: Db, key: string): Promise<Task | undefined> {
  const [row] = await db.query(`SELECT ${taskColumns} FROM tasks WHERE task_key = ?`, [key]);
  return row && toTask(row);
}

/** Top-level tasks of a workspace whose key begins with `prefix`, by key. */
export async function findTasksByPrefix(
  db: Db,
  workspaceId: string,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<readonly Task[]> {
  // COALESCE keeps the engines from reading every top-level task by another index.
  const rows = await db.query(
    `SELECT ${taskColumns} FROM tasks
     WHERE task_key >= ? AND task_key < ? AND COALESCE(workspace_id, '') = ?
       AND COALESCE(parent_task_id, '') = ''
     ORDER BY task_key LIMIT ${limit}`,
    [prefix, `${prefix}~`, workspaceId],
  );
  return rows.map(toTask);
}

export async function findSubtasks(db: Db, parentIds: readonly string[]): Promise<readonly Task[]> {
  const rows = await queryIn(
    db,
    parentIds,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE parent_task_id IN (${list})
     ORDER BY parent_task_id, position`,
  );
  return rows.map(toTask);
}

/**
 * Writes `change` and a fresh revision, provided the row is still as the caller read it.
 *
 * @throws StoreError `conflict` when another writer was faster; the transaction is then run again.
 */
export async function updateTask(
  db: Db,
  task: Pick<Task, 'id' | 'revision'>,
  change: TaskChange & { readonly revision: string },
): Promise<void> {
  await runWrites(db, [updateTaskStatement(db.dialect, task, change)]);
}

/** The statement of `updateTask`. */
export function updateTaskStatement(
  dialect: Dialect,
  { id, revision }: Pick<Task, 'id' | 'revision'>,
  change: TaskChange & { readonly revision: string },
): WriteStatement {
  const { sets, params } = assignments(dialect, { updated_at: now, ...change });
  return {
    sql: `UPDATE tasks SET ${sets} WHERE id = ? AND revision = ?`,
    params: [...params, id, revision],
    mustFind: 1,
    written: `task ${id}`,
  };
}

/** The list that tasks stand in, and the task that they wait for. */
export interface QueueChange {
  readonly queue: Queue;
  readonly waitingFor: string | null;
  /** A fresh token, of which each row's revision is made. */
  readonly token: string;
}

/**
 * Puts tasks into a list, all of which wait for the same or for nothing.
 *
 * @throws StoreError `conflict` when another writer was faster; the transaction is then run again.
 */
export async function setQueue(
  db: Db,
  tasks: readonly Pick<Task, 'id' | 'revision'>[],
  change: QueueChange,
): Promise<void> {
  await runWrites(db, setQueueStatements(db.dialect, tasks, change));
}

/**
 * The statements of `setQueue`, one for many tasks: one change can move a thousand, and Dolt takes
 * milliseconds for each statement. Revisions are compared as a set, which is as strict as in
 * `updateTask`: they are random, so a row that another wrote meanwhile has none of them. Each row's
 * fresh one is `token` with the end of its own id.
 */
export function setQueueStatements(
  dialect: Dialect,
  tasks: readonly Pick<Task, 'id' | 'revision'>[],
  { queue, waitingFor, token }: QueueChange,
): readonly WriteStatement[] {
  return chunks(tasks).map((part) => {
    const list = placesFor(part);
    return {
      sql: `UPDATE tasks SET updated_at = ${dialect.now}, queue = ?, waiting_for = ?,
         revision = CONCAT(SUBSTR(?, 1, 24), SUBSTR(id, 25))
       WHERE id IN (${list}) AND revision IN (${list})`,
      params: [
        queue,
        waitingFor,
        token,
        ...part.map(({ id }) => id),
        ...part.map(({ revision }) => revision),
      ],
      mustFind: part.length,
      written: 'a task',
    };
  });
}

/** Rows of one list in the order it is worked off, and how many there are. */
export async function listQueue(
  db: Db,
  workspaceId: string,
  { queue, limit, countTo }: { queue: Queue; limit: number; countTo: number },
): Promise<{ tasks: readonly Task[]; total: number }> {
  // Every index column is named in ORDER BY: Dolt sorts the whole list otherwise (ENGINES: 232 ms).
  const rows = await db.query(
    `SELECT ${taskColumns} FROM tasks ${db.dialect.along('tasks_by_queue')}
     WHERE workspace_id = ? AND queue = ?
     ORDER BY workspace_id, queue, priority, created_at, id LIMIT ${limit}`,
    [workspaceId, queue],
  );
  const [count] = await db.query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM tasks
     WHERE workspace_id = ? AND queue = ? LIMIT ${countTo}) AS capped`,
    [workspaceId, queue],
  );
  return { tasks: rows.map(toTask), total: count ? integer(count, 'total') : 0 };
}

/** Like `listQueue`, by status; of every workspace when `workspaceId` is undefined. */
export async function listStatus(
  db: Db,
  workspaceId: string | undefined,
  { status, limit, countTo }: { status: Status; limit: number; countTo: number },
): Promise<{ tasks: readonly Task[]; total: number }> {
  const where = workspaceId === undefined ? 'status = ?' : 'workspace_id = ? AND status = ?';
  const params = workspaceId === undefined ? [status] : [workspaceId, status];
  const order = workspaceId === undefined ? 'status' : 'workspace_id, status';
  const index = workspaceId === undefined ? 'tasks_by_status_everywhere' : 'tasks_by_status';
  const rows =
    limit <= 0
      ? []
      : await db.query(
          `SELECT ${taskColumns} FROM tasks ${db.dialect.along(index)} WHERE ${where}
           ORDER BY ${order}, priority, created_at, id LIMIT ${limit}`,
          params,
        );
  const [count] = await db.query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM tasks WHERE ${where}
     LIMIT ${countTo}) AS capped`,
    params,
  );
  return { tasks: rows.map(toTask), total: count ? integer(count, 'total') : 0 };
}

export async function findClaimedIds(db: Db, sessionId: string): Promise<readonly string[]> {
  const rows = await db.query('SELECT id FROM tasks WHERE claim_session_id = ? ORDER BY id', [
    sessionId,
  ]);
  return rows.map((row) => text(row, 'id'));
}
