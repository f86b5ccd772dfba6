import type { ClaimView, TaskView } from '../../model/answers/task.ts';
import { isStale } from '../../model/liveness.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { readClock } from '../../store/sql/clock.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { findInfrastructureOf } from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import { findRegistryEntries, findSlugs } from '../../store/tables/registry.ts';
import { findSessions } from '../../store/tables/sessions.ts';
import { findTasks } from '../../store/tables/tasks.ts';
import { blockersOf, loadSurroundings } from '../derive/blockers.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';

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
  const attributions = await findAttributions(db, tasks);
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
    ...attributions(task),
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

type AttributionView = Pick<TaskView, 'client' | 'project' | 'infrastructure'>;

/** How people call what tasks are for. Tasks that are for nobody cost no query. */
export async function findAttributions(
  db: Db,
  tasks: readonly Task[],
): Promise<(task: Task) => AttributionView> {
  const clients = await findSlugs(db, clientTable, distinct(tasks, 'clientId'));
  const projects = await findSlugs(db, projectTable, distinct(tasks, 'projectId'));
  const placed = tasks.filter(({ infrastructureCount }) => infrastructureCount > 0);
  const infrastructure = await findInfrastructureOf(
    db,
    placed.map(({ id }) => id),
  );
  return ({ id, clientId, projectId, infrastructureCount }) => ({
    client: clients.get(clientId ?? '') ?? null,
    project: projects.get(projectId ?? '') ?? null,
    infrastructure:
      infrastructureCount === 0
        ? []
        : infrastructure.filter(({ taskId }) => taskId === id).map(({ slug }) => slug),
  });
}

function distinct(tasks: readonly Task[], column: 'clientId' | 'projectId'): readonly string[] {
  const ids = tasks.map((task) => task[column]).filter((id) => id !== null);
  return [...new Set(ids)];
}

/** A task's view with what its project says, where its own context does not: nothing is stored twice. */
export async function withProjectContext(
  db: Db,
  { projectId }: Task,
  view: TaskView,
): Promise<TaskView> {
  const [project] =
    projectId === null ? [] : await findRegistryEntries(db, projectTable, [projectId]);
  if (project === undefined) return view;
  const { repository, featureSpec } = project;
  return {
    ...view,
    context: {
      ...(repository === null ? {} : { repository }),
      ...(featureSpec === null ? {} : { feature_spec: featureSpec }),
      ...view.context,
    },
  };
}
