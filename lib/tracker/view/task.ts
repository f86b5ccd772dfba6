import type { ClaimView, TaskView } from '../../model/answers/task.ts';
import { withAbsence } from '../../model/liveness.ts';
import { blockersOf } from '../../model/task/blockers.ts';
import { isReady } from '../../model/task/container.ts';
import { containerKeys, parentKey } from '../../model/task/key-tree.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, mapped, type Request, together } from '../../store/sql/request.ts';
import { dependenciesOfKeys } from '../../store/tables/dependencies.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import { progressOf, tasksByIds, titlesByKeys } from '../../store/tables/task-lookups.ts';
import type { TaskStub } from '../../store/tables/task-stub.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { attributionRequest } from './attribution.ts';

type Viewing = Pick<Scope, 'probe' | 'store'>;

/**
 * Asks for all that the views of some tasks show of other rows: dependencies of the tasks and of
 * their containers, holders, and attribution. The answer turns the tasks into views. The tasks may
 * change in between, except in the columns that decide which rows are read.
 */
export function viewerRequest(
  tasks: readonly TaskStub[],
  { store, probe }: Viewing,
): Request<(task: Task) => TaskView> {
  const keys = new Set(tasks.flatMap(({ key }) => [key, ...containerKeys(key)]));
  const holders = new Set(tasks.flatMap(({ claim }) => claim?.session ?? []));
  const parents = new Set(tasks.flatMap(({ key }) => parentKey(key) ?? []));
  const containers = tasks.filter(({ subtaskCount }) => subtaskCount > 0).map(({ id }) => id);
  const needsClock = holders.size > 0 || tasks.some(({ queue }) => queue === 'scheduled');
  const around = together(
    dependenciesOfKeys([...keys]),
    sessionsByIds([...holders]),
    attributionRequest(tasks),
    titlesByKeys([...parents]),
    progressOf(store.db.dialect, containers),
    needsClock ? clock(store.db.dialect) : known(''),
  );
  return mapped(around, ([dependencies, sessions, attributions, titles, progress, now]) => {
    const needs = Map.groupBy(dependencies, ({ taskKey }) => taskKey);
    const bySession = new Map(sessions.map((session) => [session.id, session]));

    function viewClaim(claim: Task['claim']): ClaimView | null {
      if (claim === null) return null;
      return withAbsence(claim, bySession.get(claim.session), { now, probe });
    }

    return (task) => ({
      key: task.key,
      id: task.id,
      title: task.title,
      description: task.description,
      status: task.status,
      type: task.type,
      priority: task.priority,
      complexity: task.complexity,
      estimatedMinutes: task.estimatedMinutes,
      parent: parentKey(task.key),
      parentTitle: titles.get(parentKey(task.key) ?? '') ?? null,
      subtaskCount: task.subtaskCount,
      progress: task.subtaskCount > 0 ? (progress.get(task.id) ?? { done: 0, total: 0 }) : null,
      needs: (needs.get(task.key) ?? [])
        .filter(({ type }) => type === 'blocks')
        .map(({ key }) => key),
      blockers: blockersOf(task.key, needs).map(({ key }) => key),
      ready: isReady(task, now),
      due: task.due,
      notBefore: task.startsAt ?? task.notBefore,
      labels: [...task.labels],
      claim: viewClaim(task.claim),
      assignedAgent: task.assignedAgent,
      blockedReason: task.blockedReason,
      ...attributions(task),
      billable: task.billable,
      billableMinutes: task.billableMinutes,
      billableMinutesBy: task.billableMinutesBy,
      context: readContext(task.context),
      outcome: task.outcome,
      createdAt: task.createdAt,
      createdBy: task.createdBy,
      startedAt: task.startedAt,
      completedAt: task.completedAt,
      updatedAt: task.updatedAt,
      revision: task.revision,
    });
  });
}

/** Asks for the views of tasks, in the order given. */
export function viewRequest(tasks: readonly Task[], scope: Viewing): Request<readonly TaskView[]> {
  return mapped(viewerRequest(tasks, scope), (viewer) => tasks.map(viewer));
}

/** Asks for the views of tasks whose rows have not been read, and for those rows. */
export function stubViews(
  stubs: readonly TaskStub[],
  scope: Viewing,
): Request<readonly TaskView[]> {
  const rows = tasksByIds(stubs.map(({ id }) => id));
  return mapped(together(rows, viewerRequest(stubs, scope)), ([tasks, viewer]) => {
    const views = new Map(tasks.map((task) => [task.id, viewer(task)]));
    return stubs.flatMap(({ id }) => views.get(id) ?? []);
  });
}

/** Turns rows into views, in the order given. */
export function viewTasks(
  db: Db,
  scope: Viewing,
  tasks: readonly Task[],
): Promise<readonly TaskView[]> {
  return ask(db, viewRequest(tasks, scope));
}
