import { isOpen, type StoredTask } from '../tasks/stored-task.ts';

/** Containers whose status is not what the leaves below them say. */
export function findContainerViolations(tasks: ReadonlyMap<string, StoredTask>): readonly string[] {
  return [...tasks.values()]
    .filter(({ children }) => children.length > 0)
    .flatMap((task) => containerViolations(task).map((what) => `${task.key} ${what}`));
}

function containerViolations(task: StoredTask): readonly string[] {
  const found: string[] = [];
  const wanted = wantedStatus(task);
  const isOpenOrDone = task.status === 'completed' || task.status === 'in_progress';
  const isMore = wanted === 'cancelled' && isOpenOrDone && hasOwnWork(task);
  if (task.status !== wanted && !isMore)
    found.push(`is ${task.status} and its subtasks make it ${wanted}`);
  if (task.claim !== null) found.push('is a container and claimed');
  if (task.queue !== 'none') found.push(`is a container and stands in ${task.queue}`);
  if (isOpen(task) === (task.completedAt !== null)) {
    found.push(`is ${task.status} and closed at ${task.completedAt}`);
  }
  if (task.startedAt === null && task.children.some(hasStarted)) {
    found.push('has subtasks that started and has not started');
  }
  return found;
}

/** What may not begin yet goes on by itself: no status of a container depends on the time. */
const goesOn: ReadonlySet<string> = new Set(['ready', 'scheduled', 'in_progress']);

function wantedStatus(task: StoredTask): string {
  const leaves = leavesBelow(task);
  if (!leaves.some(isOpen)) {
    return leaves.some(({ status }) => status === 'completed') ? 'completed' : 'cancelled';
  }
  const isStuck = !leaves.some(({ queue }) => queue !== null && goesOn.has(queue));
  if (isStuck && leaves.some(({ status }) => status === 'blocked')) return 'blocked';
  return [task, ...task.children].some(hasStarted) ? 'in_progress' : 'pending';
}

/** Whether it, or a container below it, was worked on before it had subtasks. */
function hasOwnWork(task: StoredTask): boolean {
  return (
    hasStarted(task) ||
    task.children.some((child) => child.children.length > 0 && hasOwnWork(child))
  );
}

/** A leaf that was started before it got subtasks stays started. */
function hasStarted({ startedAt }: StoredTask): boolean {
  return startedAt !== null;
}

/**
 * Lists what decides about a container. One below it that was worked on itself, and is open although
 * nothing below that is, counts as a leaf.
 */
function leavesBelow({ children }: StoredTask): readonly StoredTask[] {
  return children.flatMap((child) => {
    if (child.children.length === 0) return [child];
    const leaves = leavesBelow(child);
    const isLeft = isOpen(child) && hasStarted(child) && !leaves.some(isOpen);
    return isLeft ? [child] : leaves;
  });
}
