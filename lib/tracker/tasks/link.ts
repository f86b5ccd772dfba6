import type { TaskAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import type { DependencyType, Task } from '../../model/task/task.ts';
import { deleteDependency } from '../../store/tables/dependencies.ts';
import { findCycle } from '../derive/cycle.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findOtherTask, findTaskForWrite } from '../view/find.ts';
import type { Write } from '../write/write.ts';

export interface LinkInput {
  /** The key of the task that needs, relates to, or was discovered from `target`. */
  readonly task: string;
  readonly target: string;
  readonly type: DependencyType;
}

type LinkedTask = Pick<Task, 'id' | 'key' | 'workspaceId' | 'status'>;

/** A link between two loaded tasks. */
export interface Link {
  readonly task: LinkedTask;
  readonly target: LinkedTask;
  readonly type: DependencyType;
}

/**
 * Makes `task` need `target` (or relate to it). A link that exists stays as it is.
 *
 * @throws DocketError `cycle` with its path, `not_found`, `conflict` (another workspace)
 */
export function linkTasks(scope: Scope, link: LinkInput): Promise<TaskAnswer> {
  return writeWorkspace(scope, { keys: [link.task, link.target] }, async (write) => {
    const task = await findTaskForWrite(write, link.task);
    const target = await findOtherTask(write, link.target);
    await addLink(write, { task, target, type: link.type });
    return answer(write, task.id);
  });
}

/**
 * Removes a link.
 *
 * @throws DocketError `not_found` when there is no such link.
 */
export function unlinkTasks(scope: Scope, link: LinkInput): Promise<TaskAnswer> {
  return writeWorkspace(scope, { keys: [link.task, link.target] }, async (write) => {
    const task = await findTaskForWrite(write, link.task);
    const target = await findOtherTask(write, link.target);
    removeLink(write, { task, target, type: link.type });
    return answer(write, task.id);
  });
}

/**
 * Removes a link within a transaction.
 *
 * @throws DocketError `not_found` when there is no such link.
 */
export function removeLink(write: Write, { task, target, type }: Link): void {
  if (!isLinked(write, { task, target, type })) {
    throw new DocketError('not_found', `${task.key} has no ${type} link to ${target.key}`, {
      hint: `docket show ${task.key}`,
    });
  }
  const pair = { taskId: task.id, dependsOnId: target.id, type };
  write.send({ ...deleteDependency(pair), mustFind: 1 });
  write.list.removeNeed(pair);
  write.record({
    verb: 'unlinked',
    taskId: task.id,
    key: task.key,
    old: { type, target: target.key },
  });
  write.dependenciesChanged(task.id);
}

export function isLinked({ list }: Write, { task, target, type }: Link): boolean {
  return list.needsOf(task.id).some((need) => need.dependsOnId === target.id && need.type === type);
}

/**
 * Links two tasks within a transaction; a link that exists stays as it is.
 *
 * @throws DocketError `cycle` with its path, `conflict` (another workspace)
 */
export async function addLink(write: Write, link: Link): Promise<void> {
  const { task, target, type } = link;
  if (task.workspaceId !== target.workspaceId) {
    throw new DocketError('conflict', `${task.key} and ${target.key} are in different workspaces`);
  }
  if (isLinked(write, link)) return;
  if (type === 'blocks') {
    const cycle = await findCycle(write, { task, target });
    if (cycle !== undefined) {
      throw new DocketError('cycle', `that would close a cycle: ${cycle.join(' needs ')}`, {
        hint: `docket show ${target.key}`,
      });
    }
  } else if (task.id === target.id) {
    throw new DocketError('cycle', `${task.key} cannot be linked to itself`);
  }
  addNewLink(write, link);
}

/** Links tasks that are known not to be linked, where that closes no cycle. */
export function addNewLink(write: Write, { task, target, type }: Link): void {
  const pair = { taskId: task.id, dependsOnId: target.id, type };
  write.list.addNeed({ ...pair, key: target.key, status: target.status, taskKey: task.key });
  write.record({
    verb: 'linked',
    taskId: task.id,
    key: task.key,
    new: { type, target: target.key },
  });
  if (type === 'blocks') write.dependenciesChanged(task.id);
}
