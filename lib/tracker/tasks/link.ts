import type { TaskAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import type { DependencyType, Task } from '../../model/task/task.ts';
import {
  deleteDependency,
  findDependencies,
  insertDependency,
} from '../../store/tables/dependencies.ts';
import { findCycle } from '../derive/cycle.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTask, findTaskForWrite } from '../view/find.ts';
import type { Write } from '../write/write.ts';

export interface LinkInput {
  /** Key of the task that needs, relates to, or was discovered from `target`. */
  readonly task: string;
  readonly target: string;
  readonly type: DependencyType;
}

/**
 * Says that `task` needs `target` (or relates to it). A link that is there already stays as it is.
 *
 * @throws DocketError `cycle` with its path, `not_found`, `conflict` (another workspace)
 */
export function linkTasks(scope: Scope, link: LinkInput): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTaskForWrite(write, link.task);
    const target = await findTask(write.db, write.workspace.id, link.target);
    await addDependency(write, task, target, link.type);
    return answer(write, task.id);
  });
}

/** @throws DocketError `not_found` when there is no such link. */
export function unlinkTasks(scope: Scope, link: LinkInput): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTaskForWrite(write, link.task);
    const target = await findTask(write.db, write.workspace.id, link.target);
    const pair = { taskId: task.id, dependsOnId: target.id, type: link.type };
    if ((await deleteDependency(write.db, pair)) === 0) {
      throw new DocketError('not_found', `${task.key} has no ${link.type} link to ${target.key}`, {
        hint: `docket show ${task.key}`,
      });
    }
    write.record({
      verb: 'unlinked',
      taskId: task.id,
      key: task.key,
      old: { type: link.type, target: target.key },
    });
    write.rewired(task.id);
    return answer(write, task.id);
  });
}

/** Inserts a dependency and its event; the caller's transaction goes on. */
export async function addDependency(
  write: Write,
  task: Task,
  target: Task,
  type: DependencyType = 'blocks',
): Promise<void> {
  if (task.workspaceId !== target.workspaceId) {
    throw new DocketError('conflict', `${task.key} and ${target.key} are in different workspaces`);
  }
  const existing = await findDependencies(write.db, [task.id]);
  if (existing.some((other) => other.dependsOnId === target.id && other.type === type)) return;
  if (type === 'blocks') {
    const cycle = await findCycle(write.db, { task, target });
    if (cycle !== undefined) {
      throw new DocketError('cycle', `that would close a cycle: ${cycle.join(' needs ')}`, {
        hint: `docket show ${target.key}`,
      });
    }
  } else if (task.id === target.id) {
    throw new DocketError('cycle', `${task.key} cannot be linked to itself`);
  }
  await insertLink(write, { task, target, type });
}

/** Inserts a dependency that is known to be new and to close no cycle. */
export async function insertLink(
  write: Write,
  { task, target, type }: { task: Task; target: Task; type: DependencyType },
): Promise<void> {
  const pair = { taskId: task.id, dependsOnId: target.id, type };
  await insertDependency(write.db, { ...pair, createdBy: write.scope.worker.actor });
  write.record({
    verb: 'linked',
    taskId: task.id,
    key: task.key,
    new: { type, target: target.key },
  });
  if (type === 'blocks') write.rewired(task.id);
}
