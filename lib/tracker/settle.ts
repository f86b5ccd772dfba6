import { containerStatus, leafQueue } from '../model/container.ts';
import { isClosed } from '../model/status.ts';
import { isContainer, type Status, type Task } from '../model/task.ts';
import { findDependents } from '../store/tables/dependencies.ts';
import {
  findSubtasks,
  findTasks,
  now,
  type TaskChange,
  updateTask,
} from '../store/tables/tasks.ts';
import { blockersOf, loadSurroundings } from './blockers.ts';
import { makeToken } from './ids.ts';
import type { Write } from './write.ts';

/**
 * Brings what is derived in line with what changed, in the same transaction: each leaf's list, and
 * each container's status. A container that closes may free other tasks, so this goes on until
 * nothing moves; it ends because dependencies have no cycle.
 *
 * @returns ids of the tasks that became ready.
 */
export async function settle(
  write: Write,
  change: { moved: readonly string[]; rewired: readonly string[] },
): Promise<readonly string[]> {
  const nowReady: string[] = [];
  let { moved, rewired } = change;
  while (moved.length > 0 || rewired.length > 0) {
    const dependents = await findDependents(write.db, moved);
    const below = await descendants(write, [...rewired, ...dependents]);
    const ids = new Set([...moved, ...rewired, ...dependents, ...below.map(({ id }) => id)]);
    const affected = await findTasks(write.db, [...ids]);
    nowReady.push(...(await placeLeaves(write, affected)));
    moved = await followSubtasks(write, affected);
    rewired = [];
  }
  return nowReady;
}

async function descendants(write: Write, ids: readonly string[]): Promise<readonly Task[]> {
  const found: Task[] = [];
  let level = ids;
  while (level.length > 0) {
    const subtasks = await findSubtasks(write.db, level);
    found.push(...subtasks);
    level = subtasks.filter(isContainer).map(({ id }) => id);
  }
  return found;
}

async function placeLeaves(write: Write, tasks: readonly Task[]): Promise<readonly string[]> {
  const surroundings = await loadSurroundings(write.db, tasks);
  const ready: string[] = [];
  for (const task of tasks) {
    const blocker = isContainer(task) ? undefined : blockersOf(task, surroundings)[0];
    const queue = isContainer(task) ? 'none' : leafQueue(task.status, blocker !== undefined);
    const waitingFor = queue === 'waiting' ? (blocker?.dependsOnId ?? null) : null;
    if (queue === task.queue && waitingFor === task.waitingFor) continue;
    if (queue === 'ready') ready.push(task.id);
    await updateTask(write.db, task, { queue, waiting_for: waitingFor, revision: makeToken() });
  }
  return ready;
}

/** Ids of the containers whose status changed. */
async function followSubtasks(write: Write, tasks: readonly Task[]): Promise<readonly string[]> {
  const parentIds = tasks.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]));
  const parents = await findTasks(write.db, [...new Set(parentIds)]);
  const subtasks = await findSubtasks(
    write.db,
    parents.map(({ id }) => id),
  );
  const changed: string[] = [];
  for (const parent of parents) {
    const own = subtasks.filter(({ parentId }) => parentId === parent.id);
    const status = containerStatus(
      own.map((task) => ({
        status: task.status,
        queue: task.queue,
        started: task.startedAt !== null,
        isContainer: isContainer(task),
      })),
    );
    if (status === parent.status) continue;
    await updateTask(write.db, parent, { ...followChange(parent, status), revision: makeToken() });
    write.record({
      verb: followVerbs[status],
      taskId: parent.id,
      key: parent.key,
      old: { status: parent.status },
      new: { status, followed: 'subtasks' },
    });
    changed.push(parent.id);
  }
  return changed;
}

const followVerbs: Readonly<Record<Status, string>> = {
  pending: 'reopened',
  in_progress: 'started',
  blocked: 'blocked',
  completed: 'completed',
  cancelled: 'cancelled',
};

function followChange(parent: Task, status: Status): TaskChange {
  const wasClosed = isClosed(parent.status);
  return {
    status,
    ...(status !== 'pending' && status !== 'cancelled' && parent.startedAt === null
      ? { started_at: now }
      : {}),
    ...(isClosed(status) && !wasClosed ? { completed_at: now } : {}),
    ...(!isClosed(status) && wasClosed ? { completed_at: null } : {}),
  };
}
