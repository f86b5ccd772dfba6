import type { TaskAnswer, TasksAnswer } from '../../model/answers/task.ts';
import { type Suggestion, suggestMinutes } from '../../model/billing/idle.ts';
import { defaultMinutesRule, type MinutesRuleName } from '../../model/registry/minutes-rule.ts';
import type { Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { ask, nothing, type Request, together } from '../../store/sql/request.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { registryEntriesByIds } from '../../store/tables/registry.ts';
import { isoTime } from '../stored-time.ts';
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
  const [{ tasks, suggestedMinutes, ...rest }, answered] = await answerTogether(
    write,
    [taskId],
    question,
  );
  const [task] = tasks;
  if (task === undefined) throw new Error(`task ${taskId} has no view`);
  const [suggested] = suggestedMinutes;
  const { minutes = null, heldMinutes = null, minutesFrom = [] } = suggested ?? {};
  return [{ task, ...rest, suggestedMinutes: minutes, heldMinutes, minutesFrom }, answered];
}

/** Answers a verb on several tasks, as `answerWith` does. */
export async function answerTogether<T>(
  write: Write,
  ids: readonly string[],
  question: Request<T>,
): Promise<readonly [TasksAnswer, T]> {
  await write.deriveAll();
  const { list } = write;
  const tasks = ids.map((id) => list.task(id));
  const suggestedMinutes: TasksAnswer['suggestedMinutes'] = [];
  for (const task of tasks) {
    const suggestion = task.status === 'completed' ? await suggestionFor(write, task) : null;
    if (suggestion === null) continue;
    const minutesFrom = [...suggestion.minutesFrom];
    suggestedMinutes.push({ task: task.key, ...suggestion, minutesFrom });
  }
  const [views, answered] = await write.flush(together(viewRequest(tasks, write.scope), question));
  const others = (found: Iterable<string>) =>
    [...new Set(found)]
      .filter((id) => !ids.includes(id))
      .sort()
      .map((id) => list.state(id));
  const unfinished = tasks
    .flatMap((task) => [task, ...list.containersOf(task)])
    .filter((each) => isUnfinished(list, each))
    .map(({ key }) => key);
  return [
    {
      tasks: [...views],
      nowReady: others(write.nowReady)
        .filter(({ queue }) => queue === 'ready')
        .map(({ key }) => key),
      followed: others(write.containersChanged).map(({ key, status }) => ({ key, status })),
      unfinished: [...new Set(unfinished)],
      followUps: [],
      workItems: [...write.workItemsChanged.values()],
      suggestedMinutes,
    },
    answered,
  ];
}

/** Suggests minutes to bill for a completed task, unless somebody gave some. */
async function suggestionFor(write: Write, task: Task): Promise<Suggestion | null> {
  if (!task.billable || task.billableMinutes !== null) return null;
  const { list } = write;
  const below = await loadTasks(
    write,
    list.below(task.id).map(({ id }) => id),
  );
  const ids = [task, ...below].map(({ id }) => id);
  await loadRuns(write, ids);
  const runs = ids.flatMap((id) => write.runs.find(id) ?? []);
  const rule = await ruleFor(write, task, runs);
  return suggestMinutes(task, { below, runs, rule, at: isoTime(write.at) });
}

/** Gives the rule for a task's minutes, which matters where an agent proposed some. */
async function ruleFor(
  write: Write,
  { clientId }: Task,
  runs: readonly Pick<Run, 'proposedMinutes'>[],
): Promise<MinutesRuleName> {
  const isProposed = runs.some(({ proposedMinutes }) => proposedMinutes !== null);
  if (clientId === null || !isProposed) return defaultMinutesRule;
  const [client] = await ask(write.db, registryEntriesByIds(clientTable, [clientId]));
  return client?.minutesRule ?? defaultMinutesRule;
}
