import type { InsightTarget } from '../../model/registry/insight.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findInfrastructureOf } from '../../store/tables/infrastructure.ts';
import { findTasks } from '../../store/tables/tasks.ts';

/** What can be learnt about at a task. */
export interface TaskTargets {
  readonly client: InsightTarget | undefined;
  readonly project: InsightTarget | undefined;
  /** The task's own, or those of the nearest container that has any. */
  readonly infrastructure: readonly InsightTarget[];
}

export async function findTaskTargets(db: Db, task: Task): Promise<TaskTargets> {
  let placed: Task | undefined = task;
  while (placed !== undefined && placed.infrastructureCount === 0) {
    [placed] = await findTasks(db, placed.parentId === null ? [] : [placed.parentId]);
  }
  const infrastructure = placed === undefined ? [] : await findInfrastructureOf(db, [placed.id]);
  const { clientId, projectId } = task;
  return {
    client: clientId === null ? undefined : { about: 'client', subjectId: clientId },
    project: projectId === null ? undefined : { about: 'project', subjectId: projectId },
    infrastructure: infrastructure.map(({ id }) => ({ about: 'infrastructure', subjectId: id })),
  };
}

/** What is most specific: the one machine, else the project, else the client. */
export function mostSpecific({
  client,
  project,
  infrastructure,
}: TaskTargets): InsightTarget | undefined {
  const [only, another] = infrastructure;
  return only !== undefined && another === undefined ? only : (project ?? client);
}

export function allRegistryEntries(subjects: TaskTargets): readonly InsightTarget[] {
  const { client, project, infrastructure } = subjects;
  return [client, project, ...infrastructure].filter((each) => each !== undefined);
}
