import { rootKey } from '../../model/key.ts';
import { keysBelow } from '../../model/task/key-tree.ts';
import type { Task } from '../../model/task/task.ts';
import { integer } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';
import { taskColumns, toTask } from '../tables/task-row.ts';

/** Steps of a plan that whoever works at it next is told of. */
const stepsTold = 20;

/** Asks for the steps of a task's plan that were completed last, the newest first. */
export function stepsDoneBeside(key: string): Request<readonly Task[]> {
  const { from, to } = keysBelow(rootKey(key));
  return query(
    `SELECT ${taskColumns} FROM tasks
     WHERE task_key >= ? AND task_key < ? AND task_key <> ?
       AND COALESCE(status, '') = 'completed' AND subtask_count = 0
     ORDER BY completed_at DESC, task_key DESC LIMIT ${stepsTold}`,
    [from, to, key],
    (rows) => rows.map(toTask),
  );
}

/** Asks how many steps a task's plan has, without cancelled ones, and how many are completed. */
export function progressOf(
  key: string,
): Request<{ readonly done: number; readonly total: number }> {
  const { from, to } = keysBelow(rootKey(key));
  return query(
    `SELECT COUNT(*) AS total, COALESCE(SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END), 0) AS done
     FROM tasks WHERE task_key >= ? AND task_key < ? AND subtask_count = 0
       AND COALESCE(status, '') <> 'cancelled'`,
    [from, to],
    ([row]) =>
      row === undefined
        ? { done: 0, total: 0 }
        : { done: integer(row, 'done'), total: integer(row, 'total') },
  );
}
