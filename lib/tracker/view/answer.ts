import type { TaskAnswer } from '../../model/answers/task.ts';
import { findTasks } from '../../store/tables/tasks.ts';
import type { Write } from '../write/write.ts';
import { suggestMinutes } from './estimate.ts';
import { reread } from './find.ts';
import { viewTasks } from './task.ts';
import { viewBilled } from './work-item.ts';

/** What a verb on one task answers, after everything that follows from it has settled. */
export async function answer(
  write: Write,
  taskId: string,
  followUps: readonly string[] = [],
): Promise<TaskAnswer> {
  await write.concluded();
  const followed = await findTasks(
    write.db,
    [...write.followed].filter((id) => id !== taskId),
  );
  const freed = await findTasks(write.db, [...new Set(write.nowReady)]);
  const task = await reread(write.db, taskId);
  const [view] = await viewTasks(write.db, write.scope, [task]);
  if (view === undefined) throw new Error(`task ${task.key} has no view`);
  return {
    task: view,
    nowReady: freed.filter(({ id, queue }) => id !== taskId && queue === 'ready').map((t) => t.key),
    followed: followed.map(({ key, status }) => ({ key, status })),
    followUps: [...followUps],
    workItems: await viewBilled(write),
    suggestedMinutes: task.status === 'completed' ? await suggestMinutes(write.db, task) : null,
  };
}
