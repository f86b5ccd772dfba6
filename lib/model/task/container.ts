import type { Queue, Status, Task } from './task.ts';

/** What is scheduled goes on by itself, so that no container's status depends on the time. */
const runnable: readonly Queue[] = ['ready', 'scheduled', 'in_progress'];

/** The facts of a subtask that decide its container's status. */
export interface SubtaskState {
  readonly status: Status;
  /** Whether it, or something below it, is ready or in progress. */
  readonly canGoOn: boolean;
  /** Whether it was ever started, although it may be released since. */
  readonly isStarted: boolean;
}

/**
 * Derives a container's status from its subtasks: completed when all are completed or cancelled (at
 * least one completed), cancelled when all are, blocked only when some subtask is blocked and no
 * other can go on, in_progress from the first start, else pending.
 */
export function containerStatus(subtasks: readonly SubtaskState[]): Status {
  const open = subtasks.filter(({ status }) => status !== 'completed' && status !== 'cancelled');
  if (open.length === 0) {
    return subtasks.some(({ status }) => status === 'completed') ? 'completed' : 'cancelled';
  }
  const isBlocked = open.some(({ status }) => status === 'blocked');
  if (isBlocked && !open.some(({ canGoOn }) => canGoOn)) return 'blocked';
  return subtasks.some(({ isStarted }) => isStarted) ? 'in_progress' : 'pending';
}

/** Derives the list that a leaf stands in. */
export function leafQueue(status: Status, hasBlocker: boolean, isEarly = false): Queue {
  if (status === 'in_progress' || status === 'blocked') return status;
  if (status !== 'pending') return 'none';
  if (hasBlocker) return 'waiting';
  return isEarly ? 'scheduled' : 'ready';
}

/** Whether a leaf can be started now (ISO 8601). */
export function isReady({ queue, readyAt }: Pick<Task, 'queue' | 'readyAt'>, now: string) {
  return queue === 'ready' || (readyAt !== null && readyAt <= now);
}

/**
 * Gives what is known of a leaf's queue without its blockers: a pending one may have some. It is
 * written with the status itself, as each statement costs.
 */
export function queueFor(
  status: Status,
): { queue: Queue; waiting_for: null; ready_at: null } | Record<never, never> {
  return status === 'pending'
    ? {}
    : { queue: leafQueue(status, false), waiting_for: null, ready_at: null };
}

export function canLeafGoOn(queue: Queue): boolean {
  return runnable.includes(queue);
}

export function isContainer(task: Pick<Task, 'subtaskCount'>): boolean {
  return task.subtaskCount > 0;
}
