import type { Task } from '../model/task.ts';
import { BelongsElsewhere } from './belongs-elsewhere.ts';
import { findTask } from './find.ts';
import type { Write } from './write.ts';

/**
 * Finds the task that a verb changes. A whole key finds a task of any workspace; the verb is then
 * run again under the guard of the one it is in.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export async function findSubject(write: Write, key: string): Promise<Task> {
  const task = await findTask(write.db, write.workspace.id, key);
  if (task.workspaceId !== write.workspace.id) throw new BelongsElsewhere(task);
  return task;
}
