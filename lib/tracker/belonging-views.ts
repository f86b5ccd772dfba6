import type { TaskView } from '../model/output.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { clientTable } from '../store/tables/clients.ts';
import { findInfrastructureOf } from '../store/tables/infrastructure.ts';
import { projectTable } from '../store/tables/projects.ts';
import { findSlugs } from '../store/tables/subjects.ts';

type BelongingView = Pick<TaskView, 'client' | 'project' | 'infrastructure'>;

/** How people call what tasks are for. Tasks that are for nobody cost no query. */
export async function findBelongings(
  db: Db,
  tasks: readonly Task[],
): Promise<(task: Task) => BelongingView> {
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
