import type { Queue, Status } from './task.ts';

const runnable: readonly Queue[] = ['ready', 'in_progress'];

/** What of a subtask decides its container's status. */
export interface SubtaskState {
  readonly status: Status;
  readonly queue: Queue;
  /** Whether it was ever started, although it may be released since. */
  readonly started: boolean;
  readonly isContainer: boolean;
}

/**
 * A container's status follows its subtasks: completed when all are completed or cancelled (at
 * least one completed), cancelled when all are, blocked only when some subtask is blocked and no
 * other can go on, in_progress from the first start, else pending.
 */
export function containerStatus(subtasks: readonly SubtaskState[]): Status {
  const open = subtasks.filter(({ status }) => status !== 'completed' && status !== 'cancelled');
  if (open.length === 0) {
    return subtasks.some(({ status }) => status === 'completed') ? 'completed' : 'cancelled';
  }
  if (open.some(({ status }) => status === 'blocked') && !open.some(canGoOn)) return 'blocked';
  return subtasks.some(({ started }) => started) ? 'in_progress' : 'pending';
}

/** A container in a container goes on unless its own status says that nothing below it can. */
function canGoOn({ status, queue, isContainer }: SubtaskState): boolean {
  return isContainer ? status !== 'blocked' : runnable.includes(queue);
}

/** The list that a leaf stands in. */
export function leafQueue(status: Status, hasBlocker: boolean): Queue {
  if (status === 'in_progress' || status === 'blocked') return status;
  if (status !== 'pending') return 'none';
  return hasBlocker ? 'waiting' : 'ready';
}
