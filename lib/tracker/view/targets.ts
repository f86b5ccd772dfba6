import type { InsightTarget } from '../../model/registry/insight.ts';
import { containerKeys } from '../../model/task/key-tree.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { ask, mapped, type Request } from '../../store/sql/request.ts';
import { infrastructureOfKeys } from '../../store/tables/infrastructure.ts';

/** The targets that facts learnt at a task can have. */
export interface TaskTargets {
  readonly client: InsightTarget | undefined;
  readonly project: InsightTarget | undefined;
  /** The task's own infrastructure, or that of the nearest container that has any. */
  readonly infrastructure: readonly InsightTarget[];
}

export async function findTaskTargets(db: Db, task: Task): Promise<TaskTargets> {
  return targetsOf(task, await ask(db, nearestInfrastructure(task.key)));
}

/** Asks for the infrastructure of a task, or of the nearest of its containers that has any. */
export function nearestInfrastructure(key: string): Request<readonly string[]> {
  const keys = [key, ...containerKeys(key)];
  return mapped(infrastructureOfKeys(keys), (found) => {
    const nearest = keys.find((each) => found.some(({ taskKey }) => taskKey === each));
    return found.filter(({ taskKey }) => taskKey === nearest).map(({ id }) => id);
  });
}

export function targetsOf(
  { clientId, projectId }: Pick<Task, 'clientId' | 'projectId'>,
  infrastructureIds: readonly string[],
): TaskTargets {
  return {
    client: clientId === null ? undefined : { about: 'client', targetId: clientId },
    project: projectId === null ? undefined : { about: 'project', targetId: projectId },
    infrastructure: infrastructureIds.map((id) => ({ about: 'infrastructure', targetId: id })),
  };
}

/** Picks the most specific target: the only infrastructure, else the project, else the client. */
export function mostSpecific({
  client,
  project,
  infrastructure,
}: TaskTargets): InsightTarget | undefined {
  const [only, another] = infrastructure;
  return only !== undefined && another === undefined ? only : (project ?? client);
}

export function listTargets(targets: TaskTargets): readonly InsightTarget[] {
  const { client, project, infrastructure } = targets;
  return [client, project, ...infrastructure].filter((each) => each !== undefined);
}
