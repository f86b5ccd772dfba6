import type { TaskAnswer, TasksAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import { isContainer } from '../../model/task/container.ts';
import type { TaskInput } from '../../model/task/input.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import { formerValues, type TaskChange } from '../../store/tables/task-row.ts';
import { markRootBilling } from '../derive/work-items.ts';
import type { Scope } from '../scope.ts';
import { loadTasks } from '../write/load.ts';
import { loadRuns, taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { move, noClaim } from './change-status.ts';
import { type AnswerAbout, answerAbout, changeTask } from './change-task.ts';
import { requireNoBlocker } from './claim.ts';
import { addFollowUps } from './follow-ups.ts';
import { requireOwnClaim } from './own-claim.ts';
import { saidMinutes } from './said-minutes.ts';
import { applyInTurn, type Keys, writeTasks } from './write-tasks.ts';

export interface CloseOptions {
  readonly outcome?: string | undefined;
  readonly billableMinutes?: number | undefined;
  /** Titles of tasks to create, each linked as discovered from this one. */
  readonly followUps?: readonly TaskInput[];
  /** Cancels the open subtasks of a container. */
  readonly cancelOpen?: boolean;
  /** Closes the task although it waits for others, or another live session holds the claim. */
  readonly force?: boolean;
}

/**
 * Completes a task, or several; a pending one is claimed and completed at once. A container
 * completes by itself with its last subtask, so closing one is for open subtasks that are no longer
 * wanted, or for its outcome. What is completed without an outcome is given it; another is kept.
 *
 * @throws DocketError `open_subtasks`, `invalid_transition`, `already_claimed`, `waiting`
 */
export function closeTask<K extends Keys>(
  scope: Scope,
  keys: K,
  options?: CloseOptions,
): Promise<AnswerAbout<K>>;
export function closeTask(
  scope: Scope,
  keys: Keys,
  { followUps: inputs = [], ...options }: CloseOptions = {},
): Promise<TaskAnswer | TasksAnswer> {
  return writeTasks(scope, keys, async (write, tasks) => {
    const followUps: string[] = [];
    await applyInTurn(write, tasks, async (_, task) => {
      await applyClose(write, task, options);
      followUps.push(...(await addFollowUps(write, task, inputs)));
    });
    return { ...(await answerAbout(write, keys, tasks)), followUps };
  });
}

/** Completes a task within a transaction. */
export async function applyClose(
  write: Write,
  task: Task,
  options: Omit<CloseOptions, 'followUps'>,
): Promise<void> {
  if (isContainer(task)) await closeContainer(write, task, options);
  else await completeLeaf(write, task, options);
}

/**
 * Cancels a task, or several; nothing is deleted. The reason becomes its outcome. A container with
 * completed subtasks is completed by those, and the reason is that of the other subtasks alone.
 *
 * @throws DocketError `open_subtasks`, `invalid_transition`, `already_claimed`
 */
export function cancelTask<K extends Keys>(
  scope: Scope,
  keys: K,
  options: CancelOptions = {},
): Promise<AnswerAbout<K>> {
  return changeTask(scope, keys, (write, task) => applyCancel(write, task, options));
}

/** Cancels a task within a transaction. */
export async function applyCancel(
  write: Write,
  task: Task,
  { reason, cancelOpen = false, force = false }: CancelOptions,
): Promise<void> {
  if (isContainer(task)) await cancelContainer(write, task, { reason, cancelOpen, force });
  else await cancelLeaf(write, task, { reason, force });
}

export interface CancelOptions {
  readonly reason?: string | undefined;
  readonly cancelOpen?: boolean;
  readonly force?: boolean;
}

async function completeLeaf(write: Write, task: Task, options: CloseOptions): Promise<void> {
  const { outcome, billableMinutes, force = false } = options;
  await requireOwnClaim(write, task, { force });
  const said = { outcome, billable_minutes: billableMinutes };
  if (lacksOutcome(task, outcome)) return keepResult(write, task, said);
  if (!force) requireNoBlocker(write, task);
  await move(write, task, {
    verb: 'completed',
    to: 'completed',
    change: {
      ...noClaim,
      blocked_reason: null,
      completed_at: write.at,
      ...(task.startedAt === null ? { started_at: write.at } : {}),
      ...(outcome === undefined ? {} : { outcome }),
      ...saidMinutes(write, billableMinutes),
    },
    run: { status: 'completed' },
    detail: outcome === undefined ? {} : { outcome },
  });
}

async function closeContainer(write: Write, task: Task, options: CloseOptions): Promise<void> {
  const { outcome, billableMinutes, cancelOpen = false, force = false } = options;
  const said = { outcome, billable_minutes: billableMinutes };
  if (hasFollowed(write, task) || lacksOutcome(task, outcome)) return keepResult(write, task, said);
  // Work that was done on it before it had subtasks is a result, whatever becomes of those.
  const isWorkedOn = (await taskRuns(write, task.id)).length > 0;
  if (isWorkedOn) write.closing.set(task.id, 'completed');
  if (isWorkedOn && task.status === 'cancelled') settle(write, task);
  else {
    const reason = `${task.key} was closed`;
    await cancelSubtasks(write, task, { reason, verb: 'close', cancelOpen, force });
  }
  const settled = await whenSettled(write, task);
  keepResult(write, settled, said);
}

async function cancelContainer(
  write: Write,
  task: Task,
  {
    reason,
    cancelOpen,
    force,
  }: { reason: string | undefined; cancelOpen: boolean; force: boolean },
): Promise<void> {
  if (!hasFollowed(write, task)) {
    const ofSubtasks = reason ?? `${task.key} was cancelled`;
    await cancelSubtasks(write, task, { reason: ofSubtasks, verb: 'cancel', cancelOpen, force });
  }
  const settled = await whenSettled(write, task);
  if (settled.status === 'cancelled') keepResult(write, settled, { outcome: reason });
}

/** Whether a completed task, a plan that completed by itself say, is given its missing outcome. */
function lacksOutcome(task: Task, outcome: string | undefined): boolean {
  return task.status === 'completed' && !task.outcome && outcome !== undefined && outcome !== '';
}

/** Whether the transaction has closed a container by its last open subtasks. */
function hasFollowed(write: Write, { id, status }: Task): boolean {
  return isClosed(status) && write.containersChanged.has(id);
}

/** Has the status of a container derived although no subtask changes. */
function settle(write: Write, { id }: Task): void {
  for (const subtask of write.list.subtasksOf(id)) write.statusChanged(subtask.id);
}

/** Gives a container once its status has followed its subtasks. */
async function whenSettled(write: Write, { id }: Task): Promise<Task> {
  await write.deriveQueues();
  return write.list.task(id);
}

/** Writes the outcome of a container. */
function keepResult(
  write: Write,
  task: Task,
  result: {
    readonly outcome: string | undefined;
    readonly billable_minutes?: number | undefined;
  },
): void {
  const { outcome, billable_minutes } = result;
  const change: TaskChange = {
    ...(outcome === undefined ? {} : { outcome }),
    ...saidMinutes(write, billable_minutes),
  };
  if (Object.keys(change).length === 0) return;
  write.list.change(task.id, change);
  const old = formerValues(task, change, ['outcome', 'billable_minutes', 'billable_minutes_by']);
  write.record({ verb: 'updated', taskId: task.id, key: task.key, old, new: change });
  if (task.clientId !== null) markRootBilling(write, task);
}

interface SubtasksEnd {
  readonly reason: string;
  /** The verb whose `--cancel-open` allows it. */
  readonly verb: 'close' | 'cancel';
  readonly cancelOpen: boolean;
  readonly force: boolean;
}

async function cancelSubtasks(write: Write, task: Task, options: SubtasksEnd): Promise<void> {
  const { reason, verb, cancelOpen, force } = options;
  const subtasks = write.list.subtasksOf(task.id);
  const open = subtasks.filter(({ status }) => !isClosed(status));
  if (open.length > 0 && !cancelOpen) {
    const keys = open.map(({ key }) => key).slice(0, 5);
    throw new DocketError(
      'open_subtasks',
      `${task.key} has ${open.length} open subtask${open.length === 1 ? '' : 's'}: ` +
        `${keys.join(', ')}${open.length > keys.length ? ', ...' : ''}`,
      { hint: `Close them first, or docket ${verb} ${task.key} --cancel-open` },
    );
  }
  if (isClosed(task.status)) {
    throw new DocketError('invalid_transition', `${task.key} is ${task.status} already`, {
      hint: `docket update ${task.key} --outcome TEXT changes what is said of it`,
    });
  }
  if (!write.closing.has(task.id)) write.closing.set(task.id, 'cancelled');
  if (open.length === 0) settle(write, task);
  const ids = open.map(({ id }) => id);
  await loadRuns(write, ids);
  for (const subtask of await loadTasks(write, ids)) {
    if (isContainer(subtask)) await cancelSubtasks(write, subtask, options);
    else await cancelLeaf(write, subtask, { reason, force });
  }
}

async function cancelLeaf(
  write: Write,
  task: Task,
  { reason, force }: { reason?: string | undefined; force: boolean },
): Promise<void> {
  await requireOwnClaim(write, task, { force });
  await move(write, task, {
    verb: 'cancelled',
    to: 'cancelled',
    change: {
      ...noClaim,
      blocked_reason: null,
      completed_at: write.at,
      ...(reason === undefined ? {} : { outcome: reason }),
    },
    run: { status: 'cancelled' },
    detail: reason === undefined ? {} : { reason },
  });
}
