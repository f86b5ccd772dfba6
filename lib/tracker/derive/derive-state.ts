import { isContainer, leafQueue } from '../../model/task/container.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import { isoTime, storedTime } from '../stored-time.ts';
import { loadTrees } from '../write/load.ts';
import type { LoadedList } from '../write/loaded-list.ts';
import type { Write } from '../write/write.ts';
import { blockersOf } from './blockers.ts';
import { followSubtasks } from './containers.ts';

/** The changes since the state was last derived, by the ids of tasks. */
export interface Changed {
  /** Tasks whose status or queue changed. */
  readonly status: readonly string[];
  /** Tasks whose dependencies changed. */
  readonly dependencies: readonly string[];
}

/**
 * Derives the queue of each leaf and the status of each container that the changes affect, in the
 * same transaction. A container that closes may free other tasks, so this goes on until nothing
 * changes; it ends because dependencies have no cycle.
 *
 * @returns ids of the tasks that became ready.
 */
export async function deriveState(write: Write, changed: Changed): Promise<readonly string[]> {
  const { list } = write;
  const nowReady: string[] = [];
  let { status, dependencies } = changed;
  while (status.length > 0 || dependencies.length > 0) {
    const dependents = status.flatMap((id) => (list.takeClosing(id) ? list.dependentsOf(id) : []));
    await loadTrees(
      write,
      dependents.map(({ key }) => key),
    );
    const needing = [...dependencies, ...dependents.map(({ taskId }) => taskId)];
    const below = needing.flatMap((id) => list.below(id).map((task) => task.id));
    const affected = [...new Set([...status, ...needing, ...below])].map((id) => list.state(id));
    nowReady.push(...queueLeaves(write, affected));
    status = await followSubtasks(write, affected);
    for (const id of status) write.containersChanged.add(id);
    dependencies = [];
  }
  return nowReady;
}

/**
 * Puts leaves into the queues where they belong.
 *
 * @returns ids of those that became ready.
 */
function queueLeaves({ list, at }: Write, tasks: readonly TaskState[]): readonly string[] {
  const ready: string[] = [];
  for (const task of tasks) {
    if (isContainer(task)) continue;
    const [blocker] = blockersOf(list, task);
    const startsAt = startOf(list, task);
    const isEarly = startsAt !== null && startsAt > isoTime(at);
    const queue = leafQueue(task.status, blocker !== undefined, isEarly);
    const waitingFor = queue === 'waiting' ? (blocker?.dependsOnId ?? null) : null;
    const isSame = queue === task.queue && waitingFor === task.waitingFor;
    if (isSame && startsAt === task.startsAt) continue;
    const start = startsAt && storedTime(startsAt);
    list.change(task.id, {
      ...{ queue, waiting_for: waitingFor },
      ...(startsAt === task.startsAt ? {} : { starts_at: start }),
      ...(isEarly || task.queue === 'scheduled'
        ? { ready_at: queue === 'scheduled' ? start : null }
        : {}),
    });
    if (isSame) continue;
    if (queue === 'ready') ready.push(task.id);
  }
  return ready;
}

/** Gives the time before which a task may not begin: the latest of its own and its containers'. */
function startOf(list: LoadedList, task: TaskState): string | null {
  const times = [task, ...list.containersOf(task)].flatMap(({ notBefore }) => notBefore ?? []);
  return times.sort().at(-1) ?? null;
}
