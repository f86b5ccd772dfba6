import type { TaskAnswer } from '../../model/answers/task.ts';
import { billableMinutes } from '../../model/billing/minutes.ts';
import type { Task } from '../../model/task/task.ts';
import { nothing, type Request, together } from '../../store/sql/request.ts';
import { loadTasks } from '../write/load.ts';
import { loadRuns } from '../write/load-runs.ts';
import { isUnfinished } from '../write/unfinished.ts';
import type { Write } from '../write/write.ts';
import { viewRequest } from './task.ts';

/** Answers a verb on one task, once everything that follows from the change is derived. */
export async function answer(
  write: Write,
  taskId: string,
  followUps: readonly string[] = [],
): Promise<TaskAnswer> {
  const [answered] = await answerWith(write, taskId, nothing);
  return { ...answered, followUps: [...followUps] };
}

/**
 * Answers as `answer` does, together with another request that reads after the verb's writes, in
 * the same flight.
 */
export async function answerWith<T>(
  write: Write,
  taskId: string,
  question: Request<T>,
): Promise<readonly [TaskAnswer, T]> {
  await write.deriveAll();
  const { list } = write;
  const task = list.task(taskId);
  const suggestedMinutes = task.status === 'completed' ? await suggestMinutes(write, task) : null;
  const views = viewRequest([task], write.scope);
  const [[view], answered] = await write.flush(together(views, question));
  if (view === undefined) throw new Error(`task ${task.key} has no view`);
  const others = (ids: Iterable<string>) =>
    [...new Set(ids)]
      .filter((id) => id !== taskId)
      .sort()
      .map((id) => list.state(id));
  return [
    {
      task: view,
      nowReady: others(write.nowReady)
        .filter(({ queue }) => queue === 'ready')
        .map(({ key }) => key),
      followed: others(write.containersChanged).map(({ key, status }) => ({ key, status })),
      unfinished: [task, ...list.containersOf(task)]
        .filter((each) => isUnfinished(list, each))
        .map(({ key }) => key),
      followUps: [],
      workItems: [...write.workItemsChanged.values()],
      suggestedMinutes,
    },
    answered,
  ];
}

/** Suggests minutes to bill for a completed task, unless somebody gave some. */
async function suggestMinutes(write: Write, task: Task): Promise<number | null> {
  if (!task.billable || task.billableMinutes !== null) return null;
  const { list } = write;
  const below = await loadTasks(
    write,
    list.below(task.id).map(({ id }) => id),
  );
  const ids = [task, ...below].map(({ id }) => id);
  await loadRuns(write, ids);
  const worked = ids.flatMap((id) => write.runs.find(id) ?? []);
  return billableMinutes(task, below, worked) || null;
}
