import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { findTasks } from '../store/tables/tasks.ts';

/** A task as it is now, after what this transaction has written. */
export async function reread(db: Db, id: string): Promise<Task> {
  const [task] = await findTasks(db, [id]);
  if (task === undefined) throw new Error(`task ${id} is gone, although tasks are never deleted`);
  return task;
}
