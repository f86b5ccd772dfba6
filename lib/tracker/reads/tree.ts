import type { RunView } from '../../model/answers/run.ts';
import type { TaskTree } from '../../model/answers/tree.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { readClock } from '../../store/sql/clock.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findWorkItems } from '../../store/tables/work-items.ts';
import { findBelow } from '../derive/tree.ts';
import type { Scope } from '../scope.ts';
import { findTask } from '../view/find.ts';
import { viewRun } from '../view/run.ts';
import { viewTasks } from '../view/task.ts';

/** A task with everything below it at one moment. */
export interface TaskTreeReading {
  readonly branch: TaskTree;
  /** Of all these tasks, each task's in the order they began; without their reports. */
  readonly runs: readonly RunView[];
  /** What the root's work item bills, with the client's rounding; null when there is none. */
  readonly billedMinutes: number | null;
  /** When that was, by the database's clock. */
  readonly at: string;
}

/**
 * Reads a task with everything below it and what was done at each. One query a level.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readTaskTree(scope: Scope, key: string): Promise<TaskTreeReading> {
  return scope.store.read(async (db) => {
    const root = await findTask(db, scope.workspaceId, key);
    const tasks = [root, ...(await findBelow(db, [root.id]))];
    const views = await viewTasks(db, scope, tasks);
    const below = Map.groupBy(views, ({ parent }) => parent);
    function branchOf(task: (typeof views)[number]): TaskTree {
      return { task, subtasks: (below.get(task.key) ?? []).map(branchOf) };
    }
    const [top] = views;
    if (top === undefined) throw new Error(`${root.key} was read and has no view`);
    const keys = new Map(tasks.map(({ id, key }) => [id, key]));
    const runs = await findRuns(db, [...keys.keys()], { withReports: false });
    return {
      branch: branchOf(top),
      runs: runs.map((run) => viewRun(run, keys.get(run.taskId) ?? '')),
      billedMinutes: await findBilledMinutes(db, root),
      at: await readClock(db),
    };
  });
}

async function findBilledMinutes(
  db: Db,
  { id, clientId, billable, status }: Task,
): Promise<number | null> {
  if (clientId === null || !billable || status !== 'completed') return null;
  const [item] = await findWorkItems(db, [id]);
  return item === undefined || item.archivedAt !== null ? null : item.billableMinutes;
}
