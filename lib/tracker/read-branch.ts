import type { Branch } from '../model/branch.ts';
import { isContainer } from '../model/container.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { readClock } from '../store/tables/clock.ts';
import { findSubtasks } from '../store/tables/tasks.ts';
import { findTask } from './find.ts';
import type { Scope } from './scope.ts';
import { viewTasks } from './views.ts';

/**
 * A task with everything below it as it was at one moment, and when that was by the database's
 * clock. One query a level.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readBranch(
  scope: Scope,
  key: string,
): Promise<{ readonly branch: Branch; readonly at: string }> {
  return scope.store.read(async (db) => {
    const root = await findTask(db, scope.workspaceId, key);
    const tasks = [root, ...(await readBelow(db, root))];
    const views = await viewTasks(db, scope, tasks);
    const below = Map.groupBy(views, ({ parent }) => parent);
    function branchOf(task: (typeof views)[number]): Branch {
      return { task, subtasks: (below.get(task.key) ?? []).map(branchOf) };
    }
    const [top] = views;
    if (top === undefined) throw new Error(`${root.key} was read and has no view`);
    return { branch: branchOf(top), at: await readClock(db) };
  });
}

/** Each task once, although rows that somebody wrote past docket may hold one another. */
async function readBelow(db: Db, root: Task): Promise<readonly Task[]> {
  const found = new Map<string, Task>();
  let level: readonly Task[] = [root];
  while (level.some(isContainer)) {
    const containers = level.filter(isContainer).map(({ id }) => id);
    const below = await findSubtasks(db, containers);
    level = below.filter(({ id }) => id !== root.id && !found.has(id));
    for (const task of level) found.set(task.id, task);
  }
  return [...found.values()];
}
