import type { SuggestedEstimate } from '../../model/answers/estimate.ts';
import type { PlanAnswer, TaskAnswer, TasksAnswer, TaskView } from '../../model/answers/task.ts';
import { containerKeys } from '../../model/task/key-tree.ts';
import { renderWorkItemDone } from '../registry/work-items.ts';
import { renderWorked } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { statusWords } from '../text/mark.ts';
import { isMeasured, renderMinutesFrom } from '../text/minutes-from.ts';
import { renderMoment } from '../text/moment.ts';
import { safeLine } from '../text/safe-text.ts';

/**
 * Tells what a verb did to one task or to several, and what followed from it: `Created web-k3f9  P2
 *  title`.
 */
export function renderTaskAnswer(
  verb: string | ((task: TaskView) => string),
  answer: TaskAnswer | TasksAnswer,
): string {
  return [
    ...tasksOf(answer).flatMap((task) => [
      renderDone(typeof verb === 'string' ? verb : verb(task), task),
      ...startLine(task),
    ]),
    ...renderFollowing(answer),
  ].join('\n');
}

/** Tells what followed from a verb. */
export function renderFollowing(answer: TaskAnswer | TasksAnswer): readonly string[] {
  return [
    ...answer.followed.map(({ key, status }) => `${renderKey(key)} is ${statusWords(status)}`),
    ...answer.unfinished.map(unfinishedLine),
    ...keysLine('Follow-up', answer.followUps),
    ...keysLine('Now ready', answer.nowReady),
    ...billingLines(answer),
  ];
}

function tasksOf(answer: TaskAnswer | TasksAnswer): readonly TaskView[] {
  return 'tasks' in answer ? answer.tasks : [answer.task];
}

/** Says that a task's time is still to come: it is not among the ready ones, or begun early. */
function startLine({ claim, notBefore, status, updatedAt }: TaskView): readonly string[] {
  if (notBefore === null || notBefore <= updatedAt) return [];
  const moment = renderMoment(notBefore, updatedAt);
  if (status === 'pending') return [`Not before ${moment}`];
  const isNew = status === 'in_progress' && claim?.since === updatedAt;
  return isNew ? [`It was not to begin before ${moment}`] : [];
}

export function renderDone(verb: string, task: TaskView): string {
  return `${verb} ${renderKey(task.key)}  P${task.priority}  ${safeLine(task.title, 500)}`;
}

/** Says how a task ends that has no subtask to go on with. */
function unfinishedLine(text: string): string {
  const key = renderKey(text);
  const ways = `docket close ${key} --outcome TEXT, or docket cancel ${key}`;
  return `${key} was worked on itself and is open: ${ways}`;
}

/** Says what is billed, and how to change it. */
function billingLines(answer: TaskAnswer | TasksAnswer): readonly string[] {
  return [
    ...answer.workItems.map((item) => renderWorkItemDone('Work item', item)),
    ...suggestionsOf(answer).map(({ task, minutes, heldMinutes, minutesFrom }) => {
      const how = `docket update ${renderKey(task)} --billable-minutes N says otherwise`;
      const asWorked = `${renderWorked(minutes, heldMinutes)}${heldMinutes === null ? ', as worked' : ''}`;
      const isPlain = isMeasured(minutesFrom);
      const words = isPlain ? asWorked : renderMinutesFrom(minutesFrom, heldMinutes);
      return `Billable time: ${words}; ${how}`;
    }),
    ...tasksOf(answer).flatMap(unbilledLine),
  ];
}

/** Says of minutes to bill that somebody gave with a task that is not billed, and how it would be. */
function unbilledLine({ key, status, client, billable, billableMinutes }: TaskView) {
  if (status !== 'completed' || billable || !billableMinutes) return [];
  const root = renderKey(containerKeys(key).at(-1) ?? key);
  const whom = client === null ? ' --client NAME' : '';
  return [`Its ${billableMinutes} min are not billed: docket update ${root}${whom} --billable`];
}

function suggestionsOf(answer: TaskAnswer | TasksAnswer): TasksAnswer['suggestedMinutes'] {
  if ('tasks' in answer) return answer.suggestedMinutes;
  const { task, suggestedMinutes: minutes, heldMinutes, minutesFrom } = answer;
  return minutes === null ? [] : [{ task: task.key, minutes, heldMinutes, minutesFrom }];
}

function keysLine(label: string, keys: readonly string[]): readonly string[] {
  return keys.length === 0 ? [] : [`${label}: ${keys.map(renderKey).join(', ')}`];
}

/** Says that a task which was worked on gave its claim up when it got subtasks. */
export function renderParentReleased(parent: string, released: boolean): readonly string[] {
  const key = renderKey(parent);
  return released ? [`${key} has subtasks now, so its claim is released: claim those`] : [];
}

/**
 * Says what similar tasks took, with the command that takes it over, or nothing when it is not
 * known.
 */
export function renderSuggestion(
  key: string,
  estimate: SuggestedEstimate | null,
): readonly string[] {
  if (estimate === null) return [];
  const { minutes } = estimate;
  return [
    `Similar tasks took ${tookText(estimate)}: docket update ${renderKey(key)} --estimate ${minutes}`,
  ];
}

/** Says it for the steps of a plan, in one line. */
export function renderSuggestions(estimates: PlanAnswer['suggestedEstimates']): readonly string[] {
  if (estimates.length === 0) return [];
  const steps = estimates.map(({ key, ...estimate }) => `${renderKey(key)} ${tookText(estimate)}`);
  return [`Similar tasks took: ${steps.join(', ')}. docket update KEY --estimate MINUTES`];
}

function tookText({ minutes, cases }: SuggestedEstimate): string {
  return `about ${minutes} min (from ${cases} tasks)`;
}
