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
  if (isOpen(task) && task.startsAt !== startOf(task)) found.push(`starts at ${task.startsAt}`);
  if ((queue === 'scheduled') !== (task.readyAt !== null)) found.push('is ready at no time');
  const wanted = wantedQueue(task, blockers.length > 0);
  // Whether its time has come, its queue tells as of the last write.
  const isQueued = queue === 'scheduled' ? wanted === 'ready' && task.startsAt : queue === wanted;
  if (!isQueued) found.push(`stands in ${queue} and belongs in ${wanted}`);
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

/** The time before which it may not begin: the latest of its own and its containers'. */
function startOf(task: StoredTask): string | null {
  const above = task.parent === undefined ? null : startOf(task.parent);
  return [task.notBefore, above].reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b));
}

function wantedQueue({ status }: StoredTask, hasBlocker: boolean): string {
  if (status === 'pending') return hasBlocker ? 'waiting' : 'ready';
  return status === 'in_progress' || status === 'blocked' ? status : 'none';
}
