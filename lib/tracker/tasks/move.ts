import type { Moved } from '../../model/answers/update.ts';
import { DocketError } from '../../model/errors.ts';
import { rootKey } from '../../model/key.ts';
import { limits } from '../../model/limits.ts';
import { isContainer } from '../../model/task/container.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import { treesRequest } from '../../store/queries/trees.ts';
import { together } from '../../store/sql/request.ts';
import { placeTask, type Renaming, renameTasks } from '../../store/tables/former-keys.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import { revisionOf } from '../../store/tables/task-writes.ts';
import { taskRowsById } from '../../store/tables/tasks.ts';
import { findCycle } from '../derive/cycle.ts';
import { findTaskForWrite } from '../view/find.ts';
import { taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { makeContainer, nextKey } from './create.ts';

/**
 * Moves a task with everything below it to another container, or with '' out of all. Its key tells
 * its place, so that the tasks get other keys; the former ones go on finding them. What refers to a
 * task, as dependencies and runs do, stays.
 *
 * @returns undefined when it is there already.
 *
 * @throws DocketError `not_found`, `ambiguous_key`, `conflict` (another workspace), `cycle` (below
 * itself, or it would wait for itself there), `invalid_input` (another client, too deep),
 * `invalid_transition` and `already_claimed` as `createTask` does of a parent
 */
export async function applyMove(
  write: Write,
  task: Task,
  parent: string,
): Promise<Moved | undefined> {
  const target = parent === '' ? undefined : await findTaskForWrite(write, parent);
  if ((target?.id ?? null) === task.parentId) return undefined;
  if (target !== undefined) requireFitting(write, task, target);
  const { list } = write;
  const left = task.parentId === null ? undefined : list.state(task.parentId);
  const roots = [task, ...(target ? [target] : [])].flatMap(
    ({ key }) => list.findByKey(rootKey(key))?.id ?? [],
  );
  const container = target && (await makeContainer(write, target));
  const { key, position } = nextKey(write, container);
  const renamings = rename(write, task, key);
  if (left !== undefined) countOut(write, left);
  list.change(task.id, {});
  write.send(placeTask(task.id, { parentId: container?.id ?? null, position }));
  write.send(...renameTasks(renamings));
  const others = [container?.id, left?.id].filter((id) => id !== undefined);
  await readAnew(write, {
    rootKeys: [key, ...(left ? [left.key] : [])].map(rootKey),
    ids: [...new Set([task.id, ...others, ...roots])],
  });
  await requireOrder(write, task.id, renamings);
  if (left !== undefined) await takeStartBack(write, left);
  write.record({
    verb: 'moved',
    taskId: task.id,
    key,
    old: { key: task.key, parent: left?.key ?? null },
    new: { key, parent: container?.key ?? null },
  });
  write.statusChanged(task.id);
  write.dependenciesChanged(task.id);
  // A container follows when one of its subtasks is marked, and one without any is a leaf.
  if (left !== undefined) write.statusChanged(list.subtasksOf(left.id)[0]?.id ?? left.id);
  if (task.clientId !== null) for (const id of [task.id, ...roots]) write.billingChanged(id);
  const parentReleased = target !== undefined && target.claim !== null;
  return { from: task.key, below: renamings.length - 1, parentReleased };
}

/** Refuses a container that the task cannot be a subtask of. */
function requireFitting(write: Write, task: Task, target: Task): void {
  const { key } = task;
  if (target.id === task.id || write.list.containersOf(target).some(({ id }) => id === task.id)) {
    const where = target.id === task.id ? 'itself' : `${target.key}, which is below it`;
    throw new DocketError('cycle', `${key} cannot go below ${where}`, {
      hint: `docket update ${key} --parent KEY names another task, and --parent '' none`,
    });
  }
  if (target.clientId !== task.clientId) {
    const hint =
      task.parentId === null
        ? `docket update ${key} --client NAME --parent ${target.key}, with '' for no client`
        : `docket update ${key} --parent '' takes it out; then --client NAME --parent ${target.key}`;
    const message = `${key} is not for the client of ${target.key}, and a tree is for one client`;
    throw new DocketError('invalid_input', message, { hint });
  }
  if (isClosed(task.status) && !isContainer(target)) {
    const message = `${target.key} has no subtasks, and would be ${task.status} with ${key} as the only one`;
    throw new DocketError('invalid_transition', message, {
      hint: `docket create TITLE --parent ${target.key} says first what is left to do`,
    });
  }
}

/** Gives the task and those below it their new keys. @throws DocketError `invalid_input` */
function rename({ list }: Write, task: Task, key: string): readonly Renaming[] {
  return [task, ...list.below(task.id)].map(({ id, key: from }) => {
    const to = `${key}${from.slice(task.key.length)}`;
    if (to.length > limits.key) {
      const message = `${from} would be nested too deep below ${parentKey(key)}`;
      throw new DocketError('invalid_input', message, { hint: 'Move the task further up' });
    }
    return { id, from, to, revision: revisionOf(id, list.token) };
  });
}

/** Counts a subtask out. A container without any is a leaf again, and open if it was. */
function countOut(write: Write, container: TaskState): void {
  const { list } = write;
  const { id, key, status, subtaskCount, subtasksLeft } = container;
  list.change(id, { subtask_count: subtaskCount - 1, subtasks_left: subtasksLeft + 1 });
  if (subtaskCount > 1 || isClosed(status) || status === 'pending') return;
  list.change(id, { status: 'pending' });
  write.containersChanged.add(id);
  write.record({
    verb: status === 'blocked' ? 'unblocked' : 'released',
    taskId: id,
    key,
    old: { status },
    new: { status: 'pending', followed: 'subtasks' },
  });
}

/** Takes the start of containers back that only began with a subtask that has left them. */
async function takeStartBack(write: Write, { id }: TaskState): Promise<void> {
  const { list } = write;
  const left = list.state(id);
  for (const task of [left, ...list.containersOf(left)]) {
    if (task.startedAt === null || task.status === 'completed') return;
    if (list.subtasksOf(task.id).some(({ startedAt }) => startedAt !== null)) return;
    if ((await taskRuns(write, task.id)).length > 0) return;
    list.change(task.id, { started_at: null });
  }
}

/** Writes what has changed so far, and reads the trees again, with their new keys. */
async function readAnew(
  write: Write,
  { rootKeys, ids }: { readonly rootKeys: readonly string[]; readonly ids: readonly string[] },
): Promise<void> {
  const keys = [...new Set(rootKeys)];
  const [trees, rows] = await write.flush(together(treesRequest(keys), taskRowsById(ids)));
  write.list.forget();
  write.list.addTrees(keys, trees);
  write.list.addRows(rows);
}

/**
 * Refuses a place where something would wait for itself: what its container needs is needed by a
 * moved task, too, and the container is done when that is.
 *
 * @throws DocketError `cycle` with its path, in the keys from before the move
 */
async function requireOrder(
  write: Write,
  id: string,
  renamings: readonly Renaming[],
): Promise<void> {
  const { list } = write;
  const moved = list.state(id);
  const former = new Map(renamings.map(({ from, to }) => [to, from]));
  for (const task of [moved, ...list.below(id), ...list.containersOf(moved)]) {
    for (const { type, dependsOnId, key } of list.needsOf(task.id)) {
      if (type !== 'blocks') continue;
      const cycle = await findCycle(write, { task, target: { id: dependsOnId, key } });
      if (cycle === undefined) continue;
      const path = cycle.map((each) => former.get(each) ?? each);
      const from = former.get(moved.key) ?? moved.key;
      throw new DocketError('cycle', `${from} would wait for itself: ${path.join(' needs ')}`, {
        hint: `docket unlink ${path[0]} ${former.get(key) ?? key} lets it go there`,
      });
    }
  }
}
