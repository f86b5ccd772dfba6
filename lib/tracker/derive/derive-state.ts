import { isContainer, leafQueue } from '../../model/task/container.ts';
import { findDependents } from '../../store/tables/dependencies.ts';
import { findStates, findSubtaskStates, type TaskState } from '../../store/tables/task-states.ts';
import { setQueue } from '../../store/tables/tasks.ts';
import { makeToken } from '../ids.ts';
import type { Write } from '../write.ts';
import { blockersOf, loadSurroundings } from './blockers.ts';
import { followSubtasks } from './containers.ts';

type Place = Pick<TaskState, 'queue' | 'waitingFor'>;

/**
 * Brings what is derived in line with what changed, in the same transaction: each leaf's list, and
 * each container's status. A container that closes may free other tasks, so this goes on until
 * nothing moves; it ends because dependencies have no cycle.
 *
 * @returns ids of the tasks that became ready.
 */
export async function deriveState(
  write: Write,
  change: { moved: readonly string[]; rewired: readonly string[] },
): Promise<readonly string[]> {
  const nowReady: string[] = [];
  let { moved, rewired } = change;
  while (moved.length > 0 || rewired.length > 0) {
    const dependents = await findDependents(write.db, moved);
    const below = await descendants(write, [...rewired, ...dependents]);
    const affected = await findStates(write.db, [
      ...new Set([...moved, ...rewired, ...dependents, ...below]),
    ]);
    nowReady.push(...(await queueLeaves(write, affected)));
    moved = await followSubtasks(write, affected);
    for (const id of moved) write.followed.add(id);
    rewired = [];
  }
  return nowReady;
}

async function descendants(write: Write, ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  let level = ids;
  while (level.length > 0) {
    const subtasks = await findSubtaskStates(write.db, level);
    found.push(...subtasks.map(({ id }) => id));
    level = subtasks.filter(isContainer).map(({ id }) => id);
  }
  return found;
}

async function queueLeaves(write: Write, tasks: readonly TaskState[]): Promise<readonly string[]> {
  const leaves = tasks.filter((task) => !isContainer(task));
  const surroundings = await loadSurroundings(write.db, leaves);
  const ready: string[] = [];
  const byQueue = new Map<string, { place: Place; tasks: TaskState[] }>();
  for (const task of leaves) {
    const [blocker] = blockersOf(task, surroundings);
    const queue = leafQueue(task.status, blocker !== undefined);
    const waitingFor = queue === 'waiting' ? (blocker?.dependsOnId ?? null) : null;
    if (queue === task.queue && waitingFor === task.waitingFor) continue;
    if (queue === 'ready') ready.push(task.id);
    const name = `${queue} ${waitingFor}`;
    const group = byQueue.get(name) ?? { place: { queue, waitingFor }, tasks: [] };
    byQueue.set(name, group);
    group.tasks.push(task);
  }
  for (const { place, tasks: moved } of byQueue.values()) {
    await setQueue(write.db, moved, { ...place, token: makeToken() });
  }
  return ready;
}
