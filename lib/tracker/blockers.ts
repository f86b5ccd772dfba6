import { isClosed } from '../model/status.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { type Dependency, findDependencies } from '../store/tables/dependencies.ts';
import { findTasks } from '../store/tables/tasks.ts';

/** What stands around some tasks: their containers and everything they need. */
export interface Surroundings {
  /** The tasks themselves and their containers up to the top, by id. */
  readonly byId: ReadonlyMap<string, Task>;
  /** Dependencies of those, by the id of the task that needs. */
  readonly dependencies: ReadonlyMap<string, readonly Dependency[]>;
}

export async function loadSurroundings(db: Db, tasks: readonly Task[]): Promise<Surroundings> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  let level = missingParents(tasks, byId);
  while (level.length > 0) {
    const parents = await findTasks(db, level);
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
  task: Task,
  { byId, dependencies }: Surroundings,
): readonly Dependency[] {
  const blockers: Dependency[] = [];
  let current: Task | undefined = task;
  while (current !== undefined) {
    for (const dependency of dependencies.get(current.id) ?? []) {
      if (dependency.type === 'blocks' && !isClosed(dependency.status)) blockers.push(dependency);
    }
    current = current.parentId === null ? undefined : byId.get(current.parentId);
  }
  return blockers;
}

function missingParents(tasks: readonly Task[], byId: ReadonlyMap<string, Task>): string[] {
  const ids = tasks.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]));
  return [...new Set(ids)].filter((id) => !byId.has(id));
}
