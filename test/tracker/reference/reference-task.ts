/**
 * A task as the design describes it, as plain as it can be: a container's status, what waits and
 * what is ready are asked for each time, and never stored.
 */
export interface ReferenceTask {
  readonly key: string;
  readonly parent: ReferenceTask | undefined;
  readonly children: ReferenceTask[];
  readonly needs: Set<ReferenceTask>;
  /** Of a leaf. */
  status: Status;
  holder: string | undefined;
  isStarted: boolean;
  /** Whether it was claimed before it had subtasks. */
  isWorkedOn: boolean;
  /** How a container was ended by a verb of its own, while all its subtasks are cancelled. */
  end: 'completed' | 'cancelled' | undefined;
}

export type Status = 'pending' | 'in_progress' | 'blocked' | 'completed' | 'cancelled';

export function isContainer({ children }: ReferenceTask): boolean {
  return children.length > 0;
}

export function isClosed(task: ReferenceTask): boolean {
  return ['completed', 'cancelled'].includes(statusOf(task));
}

export function statusOf(task: ReferenceTask): Status {
  const { children } = task;
  if (children.length === 0) return task.status;
  const statuses = children.map(statusOf);
  if (statuses.every((status) => status === 'cancelled')) {
    return task.isWorkedOn ? (task.end ?? 'in_progress') : 'cancelled';
  }
  if (children.every(isClosed)) return 'completed';
  if (statuses.includes('blocked') && !children.some(canGoOn)) return 'blocked';
  return hasStarted(task) ? 'in_progress' : 'pending';
}

function canGoOn(task: ReferenceTask): boolean {
  if (isContainer(task)) return task.children.some(canGoOn);
  return task.status === 'in_progress' || isReady(task);
}

/** Whether somebody worked on it: of a container, what was closed there without a claim is none. */
function hasStarted(task: ReferenceTask): boolean {
  if (!isContainer(task)) return task.isStarted;
  return task.isWorkedOn || task.children.some(hasStarted);
}

export function isReady(task: ReferenceTask): boolean {
  return !isContainer(task) && task.status === 'pending' && !hasBlocker(task);
}

export function isWaiting(task: ReferenceTask): boolean {
  return !isContainer(task) && task.status === 'pending' && hasBlocker(task);
}

function hasBlocker(task: ReferenceTask): boolean {
  const own = [...task.needs].some((needed) => !isClosed(needed));
  return own || (task.parent !== undefined && hasBlocker(task.parent));
}

/** Whether `task` could never be started if it needed `target`. */
export function wouldCloseCycle(task: ReferenceTask, target: ReferenceTask): boolean {
  const reached = new Set<ReferenceTask>();
  const left = [target];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    left.push(...next.children);
    for (let holder: ReferenceTask | undefined = next; holder; holder = holder.parent) {
      // To be done, it must start, and so must be free of what its containers need.
      if (holder === task) return true;
      left.push(...holder.needs);
    }
  }
  return false;
}
