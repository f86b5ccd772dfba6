import type { TaskList } from '../../model/answers/task.ts';
import type { Status } from '../../model/task/task.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { tasksInQueue, tasksOfStatus } from '../../store/tables/task-lists.ts';
import type { Scope } from '../scope.ts';
import { stubViews, viewTasks } from '../view/task.ts';

/** Counting stops here, so that the cost of a list does not grow with the tasks it leaves out. */
export const totalLimit = 10_000;

/** Lists tasks that can be started now, most urgent and oldest first. */
export function listReady(scope: Scope, { limit }: { limit: number }): Promise<TaskList> {
  return scope.store.read(async (db) => {
    const part = { queue: 'ready', limit, countTo: totalLimit } as const;
    const [{ tasks, total }, at] = await ask(
      db,
      together(tasksInQueue(db.dialect, scope.workspaceId, part), clock(db.dialect)),
    );
    return { tasks: [...(await viewTasks(db, scope, tasks))], total, totalLimit, at };
  });
}

/** Lists tasks of the given statuses, one status after the other. */
export function listTasks(
  scope: Scope,
  {
    statuses,
    limit,
    allWorkspaces,
  }: { statuses: readonly Status[]; limit: number; allWorkspaces: boolean },
): Promise<TaskList> {
  return scope.store.read(async (db) => {
    const workspaceId = allWorkspaces ? undefined : scope.workspaceId;
    const size = { limit, countTo: totalLimit };
    // Each part is read as far as it could be shown; how much of it is, the parts before it decide.
    const [at, ...parts] = await ask(
      db,
      together(
        clock(db.dialect),
        ...statuses.map((status) => tasksOfStatus(db.dialect, workspaceId, { status, ...size })),
      ),
    );
    const found = parts.flatMap(({ tasks }) => tasks).slice(0, limit);
    const views = await ask(db, stubViews(found, scope));
    const total = parts.reduce((sum, part) => sum + part.total, 0);
    return {
      tasks: [...views],
      total: Math.min(total, totalLimit),
      totalLimit,
      at,
    };
  });
}
