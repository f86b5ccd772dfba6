import type { Task } from '../model/task.ts';
import { findTaskByKey } from '../store/tables/tasks.ts';
import { rootKey } from './root-key.ts';
import type { Write } from './write.ts';

/** Says that what a task of a client says of itself has changed: its tree's work item follows. */
export async function rebillRoot(write: Write, task: Task): Promise<void> {
  const root = task.parentId === null ? task : await findTaskByKey(write.db, rootKey(task.key));
  if (root !== undefined) write.rebilled(root.id);
}
