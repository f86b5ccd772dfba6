import type { Operation } from '../races/operation.ts';
import {
  isClosed,
  isContainer,
  isReady,
  isWaiting,
  type ReferenceTask,
  statusOf,
  wouldCloseCycle,
} from './reference-task.ts';

/** What is done to a list that is there. */
export type ListOperation = Exclude<Operation, { verb: 'join' | 'client' | 'report' | 'planOnce' }>;

/** `done`, or the code of the error that the verb must end with. */
export type Expected = string;

/** What every verb must do to a list, by the design. Nobody's claim ever becomes stale here. */
export class ReferenceList {
  readonly tasks: ReferenceTask[] = [];

  find(key: string): ReferenceTask {
    const task = this.tasks.find((other) => other.key === key);
    if (task === undefined) throw new Error(`the reference has no ${key}`);
    return task;
  }

  /** The list has a new task: keys are given by the real one. */
  add(key: string, parent: ReferenceTask | undefined): void {
    const task: ReferenceTask = {
      key,
      parent,
      children: [],
      needs: new Set(),
      status: 'pending',
      holder: undefined,
      isStarted: false,
      isWorkedOn: false,
      end: undefined,
    };
    if (parent && !isContainer(parent)) {
      parent.holder = undefined;
      parent.status = 'pending';
    }
    parent?.children.push(task);
    this.tasks.push(task);
  }

  /** Does what a verb does, except to create tasks, and says how it must end. */
  apply(worker: string, operation: ListOperation): Expected {
    const expected = this.#apply(worker, operation);
    for (const task of this.tasks) {
      if (!task.children.every((child) => statusOf(child) === 'cancelled')) task.end = undefined;
    }
    return expected;
  }

  #apply(worker: string, operation: ListOperation): Expected {
    if (operation.verb === 'claimNext') return this.#claimNext(worker);
    if (operation.verb === 'create') {
      return operation.parent === undefined
        ? 'done'
        : mayTakeSubtasks(this.find(operation.parent), worker);
    }
    const task = this.find(operation.key);
    switch (operation.verb) {
      case 'claim':
        return claim(task, worker, false);
      case 'steal':
        return claim(task, worker, true);
      case 'note':
        return 'done';
      case 'plan':
        return mayTakeSubtasks(task, worker);
      case 'link':
        return link(task, this.find(operation.target));
      case 'unlink':
        return task.needs.delete(this.find(operation.target)) ? 'done' : 'not_found';
      case 'close':
        return close(task, worker, operation.all ?? false);
      case 'cancel':
        return cancel(task, worker, operation.all ?? false);
      default:
        return isContainer(task) ? 'is_container' : changeLeaf(task, worker, operation.verb);
    }
  }

  #claimNext(worker: string): Expected {
    const next = this.tasks.find(isReady);
    return next ? claim(next, worker, false) : 'nothing_ready';
  }
}

function isTheirs(task: ReferenceTask, worker: string): boolean {
  return task.holder !== undefined && task.holder !== worker;
}

function claim(task: ReferenceTask, worker: string, isForced: boolean): Expected {
  if (task.holder === worker) return task.status === 'blocked' ? 'invalid_transition' : 'done';
  if (isContainer(task)) return 'is_container';
  if (isTheirs(task, worker)) {
    if (!isForced) return 'already_claimed';
    task.holder = worker;
    return 'done';
  }
  if (task.status !== 'pending') return 'invalid_transition';
  if (isWaiting(task)) return 'waiting';
  const begun = { isStarted: true, isWorkedOn: true };
  Object.assign(task, { status: 'in_progress', holder: worker, ...begun });
  return 'done';
}

function changeLeaf(
  task: ReferenceTask,
  worker: string,
  verb: 'release' | 'block' | 'unblock' | 'reopen',
): Expected {
  if (isTheirs(task, worker)) return 'already_claimed';
  switch (verb) {
    case 'release':
      if (task.holder === undefined) return 'not_claimed';
      if (task.status === 'blocked') return 'invalid_transition';
      Object.assign(task, { status: 'pending', holder: undefined });
      return 'done';
    case 'block':
      if (task.status !== 'pending' && task.status !== 'in_progress') return 'invalid_transition';
      task.status = 'blocked';
      return 'done';
    case 'unblock':
      if (task.status !== 'blocked') return 'invalid_transition';
      task.status = task.holder === undefined ? 'pending' : 'in_progress';
      return 'done';
    case 'reopen':
      if (!isClosed(task)) return 'invalid_transition';
      task.status = 'pending';
      return 'done';
  }
}

function close(task: ReferenceTask, worker: string, all: boolean): Expected {
  if (isContainer(task)) {
    if (!task.isWorkedOn || statusOf(task) !== 'cancelled') {
      return endContainer(task, worker, { all, end: 'completed' });
    }
    task.end = 'completed';
    return 'done';
  }
  if (isTheirs(task, worker)) return 'already_claimed';
  if (isWaiting(task)) return 'waiting';
  if (isClosed(task)) return 'invalid_transition';
  Object.assign(task, { status: 'completed', holder: undefined, isStarted: true });
  return 'done';
}

function cancel(task: ReferenceTask, worker: string, all: boolean): Expected {
  if (isContainer(task)) return endContainer(task, worker, { all, end: 'cancelled' });
  if (isTheirs(task, worker)) return 'already_claimed';
  if (isClosed(task)) return 'invalid_transition';
  Object.assign(task, { status: 'cancelled', holder: undefined });
  return 'done';
}

function endContainer(
  task: ReferenceTask,
  worker: string,
  { all, end }: { all: boolean; end: 'completed' | 'cancelled' },
): Expected {
  if (!all && !task.children.every(isClosed)) return 'open_subtasks';
  if (isClosed(task)) return 'invalid_transition';
  const open = openLeaves(task);
  if (open.some((leaf) => isTheirs(leaf, worker))) return 'already_claimed';
  for (const container of openContainers(task)) container.end = 'cancelled';
  task.end = end;
  for (const leaf of open) Object.assign(leaf, { status: 'cancelled', holder: undefined });
  return 'done';
}

/** Lists the open containers below a task. */
function openContainers(task: ReferenceTask): readonly ReferenceTask[] {
  const open = task.children.filter((child) => isContainer(child) && !isClosed(child));
  return open.flatMap((child) => [child, ...openContainers(child)]);
}

function openLeaves(task: ReferenceTask): readonly ReferenceTask[] {
  if (isContainer(task)) return task.children.flatMap(openLeaves);
  return isClosed(task) ? [] : [task];
}

function link(task: ReferenceTask, target: ReferenceTask): Expected {
  if (task.needs.has(target)) return 'done';
  if (wouldCloseCycle(task, target)) return 'cycle';
  task.needs.add(target);
  return 'done';
}

function mayTakeSubtasks(task: ReferenceTask, worker: string): Expected {
  if (isContainer(task)) return 'done';
  if (isClosed(task) || task.status === 'blocked') return 'invalid_transition';
  return isTheirs(task, worker) ? 'already_claimed' : 'done';
}
