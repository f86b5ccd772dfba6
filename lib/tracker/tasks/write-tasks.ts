import { DocketError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import type { Task } from '../../model/task/task.ts';
import { blockersOf } from '../derive/blockers.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';
import { loadRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';

/** The key of one task, or the keys of several, as people name them. */
export type Keys = string | readonly string[];

/** Brings the tree of an archived task, as people name it, back into the list. */
export type BringBack = (write: Write, key: string) => Promise<void>;

/**
 * Runs a verb on the tasks of these keys, each once and all in one transaction: every key is looked
 * up before anything changes, and a refusal of one leaves all as they were.
 *
 * @param bringBack brings the tree of an archived task back; without it such a task is refused
 * @throws DocketError what `work` throws, `not_found`, `ambiguous_key`, `invalid_input` when there
 * are too many keys or none.
 */
export function writeTasks<T>(
  scope: Scope,
  keys: Keys,
  work: (write: Write, tasks: readonly Task[]) => Promise<T>,
  bringBack?: BringBack,
): Promise<T> {
  const named = typeof keys === 'string' ? [keys] : keys;
  if (named.length === 0 || named.length > limits.tasksTogether) {
    const message = `${named.length} tasks are named; 1 to ${limits.tasksTogether} go together`;
    throw new DocketError('invalid_input', message);
  }
  return writeWorkspace(scope, { keys: named, withRuns: true }, async (write) => {
    try {
      const tasks = await findTasks(write, named, bringBack);
      return await work(write, tasks);
    } catch (error) {
      throw named.length > 1 && error instanceof DocketError ? forAll(error) : error;
    }
  });
}

async function findTasks(
  write: Write,
  keys: readonly string[],
  bringBack: BringBack | undefined,
): Promise<readonly Task[]> {
  const found = new Map<string, Task>();
  for (const key of keys) {
    const task = await findTaskForWrite(write, key).catch(async (error: unknown) => {
      const isArchived = error instanceof DocketError && error.code === 'archived';
      if (!isArchived || bringBack === undefined) throw error;
      await bringBack(write, key);
      return findTaskForWrite(write, key);
    });
    found.set(task.id, task);
  }
  await loadRuns(write, [...found.keys()]);
  return [...found.values()];
}

function forAll({ code, message, hint, cause }: DocketError): DocketError {
  return new DocketError(code, `${message}; so none of the tasks was changed`, { hint, cause });
}

/**
 * Lets a verb change each of the tasks: those below another one before it, and what another one
 * needs before that, so that the order in which they were named does not matter.
 */
export async function applyInTurn(
  write: Write,
  tasks: readonly Task[],
  apply: (write: Write, task: Task) => Promise<void>,
): Promise<void> {
  const left = [...tasks];
  while (left.length > 0) {
    const free = left.findIndex((task) => !left.some((other) => comesBefore(write, other, task)));
    const [next] = left.splice(Math.max(0, free), 1);
    if (next === undefined) return;
    await apply(write, write.list.task(next.id));
    // What the next one waits for, or follows, may have come of this.
    if (left.length > 0) await write.deriveQueues();
  }
}

function comesBefore(write: Write, other: Task, task: Task): boolean {
  if (isWithin(other.key, task.key)) return other.id !== task.id;
  return blockersOf(write.list, task).some(({ key }) => isWithin(other.key, key));
}

/** Whether a key is that of a task, or of one below it. */
function isWithin(key: string, container: string): boolean {
  return key === container || key.startsWith(`${container}.`);
}
