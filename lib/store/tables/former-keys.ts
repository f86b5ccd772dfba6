import type { Task } from '../../model/task/task.ts';
import { placeholdersFor } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';
import { taskColumns, toTask } from './task-row.ts';

/** A task that gets another key, with its revision from then on. */
export interface Renaming {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly revision: string;
}

/** Gives tasks other keys, and keeps their former ones. */
export function renameTasks(tasks: readonly Renaming[]): readonly WriteStatement[] {
  return [
    ...tasks.map(({ id, from, to, revision }) => ({
      sql: 'UPDATE tasks SET task_key = ?, revision = ? WHERE id = ? AND task_key = ?',
      params: [to, revision, id, from],
      mustFind: 1,
      written: `task ${id}`,
    })),
    ...insertRows(
      'former_keys',
      tasks.map(({ id, from }) => ({ task_key: from, task_id: id })),
    ),
  ];
}

/** Puts a task under another container, or under none. */
export function placeTask(
  id: string,
  { parentId, position }: Pick<Task, 'parentId' | 'position'>,
): WriteStatement {
  return {
    sql: 'UPDATE tasks SET parent_task_id = ?, position = ? WHERE id = ?',
    params: [parentId, position, id],
    mustFind: 1,
    written: `task ${id}`,
  };
}

/** Asks for the task that had one of these keys. */
export function taskByFormerKey(keys: readonly string[]): Request<Task | undefined> {
  return query(
    `SELECT /*+ LOOKUP_JOIN(c,tasks) */ ${taskColumns}
     FROM (SELECT task_id FROM former_keys WHERE task_key IN (${placeholdersFor(keys)})) AS c
       JOIN tasks ON id = c.task_id`,
    keys,
    ([row]) => row && toTask(row),
  );
}
