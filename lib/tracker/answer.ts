import type { TaskAnswer } from '../model/output.ts';
import { findTasks } from '../store/tables/tasks.ts';
import { viewTask } from './views.ts';
import type { Write } from './write.ts';

/** What a verb on one task answers, after everything that follows from it has settled. */
export async function answer(
  write: Write,
  taskId: string,
  followUps: readonly string[] = [],
): Promise<TaskAnswer> {
  await write.settled();
  const followed = await findTasks(
    write.db,
    [...write.followed].filter((id) => id !== taskId),
  );
  const freed = await findTasks(write.db, [...new Set(write.nowReady)]);
  return {
    task: await viewTask(write.db, write.scope, taskId),
    nowReady: freed.filter(({ id, queue }) => id !== taskId && queue === 'ready').map((t) => t.key),
    followed: followed.map(({ key, status }) => ({ key, status })),
    followUps: [...followUps],
  };
}
