import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findDependencies } from '../../store/tables/dependencies.ts';
import { findStates, findSubtaskStates } from '../../store/tables/task-states.ts';

type CycleTask = Pick<Task, 'id' | 'key' | 'parentId' | 'subtaskCount'>;

/**
 * Looks for the cycle that `task` needing `target` would close. For `target` to be done, everything
 * it needs must be done, what its containers need (it cannot start before), and what is below it
 * (a container is done when its subtasks are). If that leads back to `task`, to its subtasks or to
 * what holds it, nobody could ever start.
 *
 * @returns keys along the cycle, `task` first and last, or undefined.
 */
export async function findCycle(
  db: Db,
  { task, target }: { task: CycleTask; target: CycleTask },
): Promise<readonly string[] | undefined> {
  const cameFrom = new Map<string, string | null>([[target.id, null]]);
  const keys = new Map([
    [task.id, task.key],
    [target.id, target.key],
  ]);
  let level: readonly CycleTask[] = [target];
  while (level.length > 0) {
    const next = new Map<string, string>();
    const holders = await withContainers(db, level);
    const reached = holders.get(task.id);
    if (reached !== undefined) {
      if (reached !== task.id) cameFrom.set(task.id, reached);
      return path(task, { cameFrom, keys });
    }
    for (const dependency of await findDependencies(db, [...holders.keys()])) {
      if (dependency.type !== 'blocks') continue;
      next.set(dependency.dependsOnId, holders.get(dependency.taskId) ?? dependency.taskId);
    }
    const containers = level.filter(isContainer).map(({ id }) => id);
    for (const subtask of await findSubtaskStates(db, containers)) {
      next.set(subtask.id, subtask.parentId ?? subtask.id);
    }
    const fresh = [...next.keys()].filter((id) => !cameFrom.has(id));
    for (const id of fresh) cameFrom.set(id, next.get(id) ?? null);
    level = await findStates(db, fresh);
    for (const { id, key } of level) keys.set(id, key);
  }
  return undefined;
}

/** Each task and its containers, by id, with the task of this level that led there. */
async function withContainers(db: Db, tasks: readonly CycleTask[]): Promise<Map<string, string>> {
  const from = new Map(tasks.map(({ id }) => [id, id]));
  let level = tasks;
  while (level.length > 0) {
    const parents = new Map<string, string>();
    for (const { id, parentId } of level) {
      if (parentId !== null && !from.has(parentId)) parents.set(parentId, from.get(id) ?? id);
    }
    for (const [id, origin] of parents) from.set(id, origin);
    level = await findStates(db, [...parents.keys()]);
  }
  return from;
}

function path(
  task: CycleTask,
  { cameFrom, keys }: { cameFrom: Map<string, string | null>; keys: Map<string, string> },
): readonly string[] {
  const steps = [task.key];
  let id: string | null | undefined = cameFrom.get(task.id);
  while (id !== null && id !== undefined) {
    steps.unshift(keys.get(id) ?? id);
    id = cameFrom.get(id);
  }
  return [task.key, ...steps];
}
