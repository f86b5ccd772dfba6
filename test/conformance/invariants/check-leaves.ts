import { isOpen, type StoredTask } from '../tasks/stored-task.ts';

/** Leaves whose claim, times or list are not what their status and their blockers say. */
export function findLeafViolations(tasks: ReadonlyMap<string, StoredTask>): readonly string[] {
  return [...tasks.values()]
    .filter(({ children }) => children.length === 0)
    .flatMap((task) => leafViolations(task, tasks).map((what) => `${task.key} ${what}`));
}

function leafViolations(
  task: StoredTask,
  tasks: ReadonlyMap<string, StoredTask>,
): readonly string[] {
  const { status, claim, queue, waitingFor } = task;
  const found: string[] = [];
  if (status === 'in_progress' && claim === null) found.push('is in progress without a claim');
  if (claim !== null && status !== 'in_progress' && status !== 'blocked') {
    found.push(`is ${status} and claimed`);
  }
  if (status === 'in_progress' && task.startedAt === null) found.push('was never started');
  if (status === 'completed' && task.startedAt === null) found.push('was done but never started');
  if ((status === 'blocked') !== (task.blockedReason !== null)) {
    found.push(`is ${status} with the reason ${task.blockedReason}`);
  }
  if (isOpen(task) === (task.completedAt !== null)) {
    found.push(`is ${status} and closed at ${task.completedAt}`);
  }
  const blockers = blockersOf(task);
  const wanted = wantedQueue(task, blockers.length > 0);
  if (queue !== wanted) found.push(`stands in ${queue} and belongs in ${wanted}`);
  const first = waitingFor === null ? undefined : tasks.get(waitingFor);
  if (queue === 'waiting' && !(first && blockers.includes(first))) {
    found.push(`waits for ${first?.key ?? waitingFor}, which is none of its blockers`);
  }
  if (queue !== 'waiting' && waitingFor !== null) found.push('waits for something, but not really');
  return found;
}

/** Unfinished tasks that it, or one of its containers, needs. */
function blockersOf(task: StoredTask): readonly StoredTask[] {
  const own = task.needs.filter(isOpen);
  return task.parent ? [...own, ...blockersOf(task.parent)] : own;
}

function wantedQueue({ status }: StoredTask, hasBlocker: boolean): string {
  if (status === 'pending') return hasBlocker ? 'waiting' : 'ready';
  return status === 'in_progress' || status === 'blocked' ? status : 'none';
}
