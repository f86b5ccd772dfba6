import { canLeafGoOn, containerStatus, leafQueue } from '../../lib/model/task/container.ts';
import { isClosed } from '../../lib/model/task/status.ts';
import type { Queue, Status } from '../../lib/model/task/task.ts';

/** A task of a group, by its position in the group. */
export interface SeedTask {
  readonly status: Status;
  readonly queue: Queue;
  /** The position of its container. */
  readonly parent?: number;
  /** The position of the task that it needs. */
  readonly needs?: number;
  readonly subtaskCount: number;
}

/** Tasks come in groups: a container, its subtasks, and tasks of their own. */
export const groupSize = 10;

const subtasks = 4;

/** The number of groups with a task in progress, and of those with a blocked one. */
const inProgress = 12;
const blocked = 6;

/**
 * Makes the tasks of one group, as in a list that is long in use: seven of ten groups are done, one
 * of twenty was given up, and however many tasks there are, a dozen are in progress. Each subtask
 * needs the one before it.
 */
export function groupOf(group: number): readonly SeedTask[] {
  const isOpen = group % 4 === 0;
  const standard: Status = isOpen ? 'pending' : group % 20 === 1 ? 'cancelled' : 'completed';
  const first = isOpen && group / 4 < inProgress ? 'in_progress' : standard;
  const single = isOpen && group / 4 < blocked ? 'blocked' : standard;
  const steps = Array.from({ length: subtasks }, (_, index): SeedTask => {
    const status = index === 0 ? first : standard;
    const hasBlocker = index > 0 && !isClosed(standard);
    return {
      status,
      queue: leafQueue(status, hasBlocker),
      parent: 0,
      ...(index > 0 ? { needs: index } : {}),
      subtaskCount: 0,
    };
  });
  const container = containerStatus(
    steps.map(({ status, queue }) => ({
      status,
      canGoOn: canLeafGoOn(queue),
      isStarted: status === 'in_progress' || status === 'completed',
    })),
  );
  const singles = Array.from({ length: groupSize - 1 - subtasks }, (_, index): SeedTask => {
    const status = index === 0 ? single : standard;
    return { status, queue: leafQueue(status, false), subtaskCount: 0 };
  });
  return [{ status: container, queue: 'none', subtaskCount: subtasks }, ...steps, ...singles];
}
