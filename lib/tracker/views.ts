import { isStale } from '../model/liveness.ts';
import type { ClaimView, TaskView } from '../model/output.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { readClock } from '../store/tables/clock.ts';
import { findSessions } from '../store/tables/sessions.ts';
import { findTasks } from '../store/tables/tasks.ts';
import { findBelongings } from './belonging-views.ts';
import { blockersOf, loadSurroundings } from './blockers.ts';
import type { Scope } from './scope.ts';
import { readContext } from './stored-json.ts';

/** Turns rows into what people see, in the order given. */
export async function viewTasks(
  db: Db,
  scope: Pick<Scope, 'probe'>,
  tasks: readonly Task[],
): Promise<readonly TaskView[]> {
  const surroundings = await loadSurroundings(db, tasks);
  const holders = tasks.flatMap(({ claim }) => (claim === null ? [] : [claim.session]));
  const sessions = await findSessions(db, [...new Set(holders)]);
  const bySession = new Map(sessions.map((session) => [session.id, session]));
  const belongings = await findBelongings(db, tasks);
  const now = holders.length > 0 ? await readClock(db) : '';

  function viewClaim(claim: Task['claim']): ClaimView | null {
    if (claim === null) return null;
    const holder = bySession.get(claim.session);
    return {
      ...claim,
      stale: isStale(claim, holder, { now, probe: scope.probe }),
      lastSeenAt: holder?.lastSeenAt ?? null,
    };
  }

  return tasks.map((task) => ({
    key: task.key,
    id: task.id,
    title: task.title,
    description: task.description,
    status: task.status,
    type: task.type,
    priority: task.priority,
    complexity: task.complexity,
    estimatedMinutes: task.estimatedMinutes,
    parent: task.parentId === null ? null : (surroundings.byId.get(task.parentId)?.key ?? null),
    subtaskCount: task.subtaskCount,
    needs: (surroundings.dependencies.get(task.id) ?? [])
      .filter(({ type }) => type === 'blocks')
      .map(({ key }) => key),
    blockers: blockersOf(task, surroundings).map(({ key }) => key),
    ready: task.queue === 'ready',
    claim: viewClaim(task.claim),
    assignedAgent: task.assignedAgent,
    blockedReason: task.blockedReason,
    ...belongings(task),
    billable: task.billable,
    billableMinutes: task.billableMinutes,
    context: readContext(task.context),
    outcome: task.outcome,
    createdAt: task.createdAt,
    createdBy: task.createdBy,
    startedAt: task.startedAt,
    completedAt: task.completedAt,
    updatedAt: task.updatedAt,
    revision: task.revision,
  }));
}

/** The view of one task as it is now. */
export async function viewTask(db: Db, scope: Pick<Scope, 'probe'>, id: string): Promise<TaskView> {
  const [view] = await viewTasks(db, scope, await findTasks(db, [id]));
  if (view === undefined) throw new Error(`task ${id} is gone, although tasks are never deleted`);
  return view;
}
