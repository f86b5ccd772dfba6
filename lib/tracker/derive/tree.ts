import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findSubtasks } from '../../store/tables/tasks.ts';

/** Everything below these tasks, level by level, each level in order. */
export async function findBelow(db: Db, ids: readonly string[]): Promise<readonly Task[]> {
  const found: Task[] = [];
  let level = ids;
  while (level.length > 0) {
    const subtasks = await findSubtasks(db, level);
    found.push(...subtasks);
    level = subtasks.filter(isContainer).map(({ id }) => id);
  }
  return found;
}
