import type { Branch } from '../model/branch.ts';
import { readClock } from '../store/tables/clock.ts';
import { findTask } from './find.ts';
import { findBelow } from './find-below.ts';
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
    const tasks = [root, ...(await findBelow(db, [root.id]))];
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
