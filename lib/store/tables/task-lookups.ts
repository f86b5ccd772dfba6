import { compareLevels, keysBelow } from '../../model/task/key-tree.ts';
import type { Task } from '../../model/task/task.ts';
import type { Dialect, Row } from '../contract.ts';
import { integer, text } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { mapped, query, type Request } from '../sql/request.ts';
import { taskColumns, toTask } from './task-row.ts';

/** How far a container is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export function tasksByIds(ids: readonly string[]): Request<readonly Task[]> {
  return inList(
    ids,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE id IN (${list}) ORDER BY id`,
    toTasks,
  );
}

export function taskByKey(key: string): Request<Task | undefined> {
  return query(
    `SELECT ${taskColumns} FROM tasks WHERE task_key = ?`,
    [key],
    ([row]) => row && toTask(row),
  );
}

export function tasksByKeys(keys: readonly string[]): Request<readonly Task[]> {
  return inList(
    keys,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE task_key IN (${list})`,
    toTasks,
  );
}

/** Asks for the titles of the tasks of these keys. */
export function titlesByKeys(keys: readonly string[]): Request<ReadonlyMap<string, string>> {
  const asked = inList(
    keys,
    (list) => `SELECT task_key, title FROM tasks WHERE task_key IN (${list})`,
    (rows) => rows.map((row) => [text(row, 'task_key'), text(row, 'title')] as const),
  );
  return mapped(asked, (titles) => new Map(titles));
}

/**
 * Asks how many subtasks of some containers are completed, of those that are not cancelled. MySQL,
 * which sees that most tasks have no parent, would read them all.
 */
export function progressOf(
  dialect: Dialect,
  ids: readonly string[],
): Request<ReadonlyMap<string, Progress>> {
  return inList(
    ids,
    (list) => `SELECT parent_task_id,
        SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END) AS done,
        SUM(CASE WHEN status = 'cancelled' THEN 0 ELSE 1 END) AS total
      FROM tasks ${dialect.along('tasks_by_parent')}
      WHERE parent_task_id IN (${list}) GROUP BY parent_task_id`,
    (rows) =>
      new Map(
        rows.map((row) => [
          text(row, 'parent_task_id'),
          { done: integer(row, 'done'), total: integer(row, 'total') },
        ]),
      ),
  );
}

/** Asks for top-level tasks of a workspace whose key begins with `prefix`, by key. */
export function tasksByPrefix(
  workspaceId: string,
  { prefix, limit }: { prefix: string; limit: number },
): Request<readonly Task[]> {
  // COALESCE keeps the engines from reading every top-level task by another index.
  return query(
    `SELECT ${taskColumns} FROM tasks
     WHERE task_key >= ? AND task_key < ? AND COALESCE(workspace_id, '') = ?
       AND COALESCE(parent_task_id, '') = ''
     ORDER BY task_key LIMIT ${limit}`,
    [prefix, `${prefix}~`, workspaceId],
    toTasks,
  );
}

/** Asks for everything below a task, level by level, each level in order: one range of keys. */
export function tasksBelow(key: string): Request<readonly Task[]> {
  const { from, to } = keysBelow(key);
  return query(
    `SELECT ${taskColumns} FROM tasks WHERE task_key >= ? AND task_key < ?`,
    [from, to],
    (rows) => toTasks(rows).toSorted((a, b) => compareLevels(a.key, b.key)),
  );
}

/** Asks for the tasks that the one of this key needs. */
export function tasksNeededBy(key: string): Request<readonly Task[]> {
  return query(
    `SELECT /*+ LOOKUP_JOIN(c,tasks) */ ${taskColumns}
     FROM (SELECT /*+ LOOKUP_JOIN(n,d) */ d.depends_on_id
           FROM tasks n JOIN task_dependencies d ON d.task_id = n.id
           WHERE n.task_key = ? AND d.type = 'blocks') AS c
       JOIN tasks ON id = c.depends_on_id`,
    [key],
    toTasks,
  );
}

function toTasks(rows: readonly Row[]): readonly Task[] {
  return rows.map(toTask);
}
