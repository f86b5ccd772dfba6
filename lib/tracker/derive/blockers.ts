import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { type Dependency, findDependencies } from '../../store/tables/dependencies.ts';
import { findStates } from '../../store/tables/task-states.ts';

/** A task, as far as its place among others goes. */
export type TreePosition = Pick<Task, 'id' | 'key' | 'parentId'>;

/** What stands around some tasks: their containers and everything they need. */
export interface Surroundings {
  /** The tasks themselves and their containers up to the top, by id. */
  readonly byId: ReadonlyMap<string, TreePosition>;
  /** Dependencies of those, by the id of the task that needs. */
  readonly dependencies: ReadonlyMap<string, readonly Dependency[]>;
}

export async function loadSurroundings(
  db: Db,
  tasks: readonly TreePosition[],
): Promise<Surroundings> {
  const byId = new Map<string, TreePosition>(tasks.map((task) => [task.id, task]));
  let level = missingParents(tasks, byId);
  while (level.length > 0) {
    const parents = await findStates(db, level);
    for (const parent of parents) byId.set(parent.id, parent);
    level = missingParents(parents, byId);
  }
  const dependencies = new Map<string, Dependency[]>();
  for (const dependency of await findDependencies(db, [...byId.keys()])) {
    const list = dependencies.get(dependency.taskId);
    if (list) list.push(dependency);
    else dependencies.set(dependency.taskId, [dependency]);
  }
  return { byId, dependencies };
}

/** Unfinished dependencies: the task's own first, then its containers' from the inside out. */
export function blockersOf(
  task: TreePosition,
  { byId, dependencies }: Surroundings,
): readonly Dependency[] {
  const blockers: Dependency[] = [];
  let current: TreePosition | undefined = task;
  while (current !== undefined) {
    for (const dependency of dependencies.get(current.id) ?? []) {
      if (dependency.type === 'blocks' && !isClosed(dependency.status)) blockers.push(dependency);
    }
    current = current.parentId === null ? undefined : byId.get(current.parentId);
  }
  return blockers;
}

function missingParents(
  tasks: readonly TreePosition[],
  byId: ReadonlyMap<string, TreePosition>,
): string[] {
  const ids = tasks.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]));
  return [...new Set(ids)].filter((id) => !byId.has(id));
}
