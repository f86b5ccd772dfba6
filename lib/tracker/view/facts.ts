import { containerKeys } from '../../model/task/key-tree.ts';
import type { Task } from '../../model/task/task.ts';
import type { Dialect } from '../../store/contract.ts';
import { known, mapped, type Request, together } from '../../store/sql/request.ts';
import {
  insightsOnInfrastructure,
  type NamedInsight,
  newestInsights,
} from '../../store/tables/insights.ts';
import { listTargets, targetsOf } from './targets.ts';

/** The number of facts that a worker is told before it starts. */
const told = 20;

/** The fields of a task that tell what it is about. */
export type AboutTask = Pick<Task, 'key' | 'clientId' | 'projectId' | 'infrastructureCount'>;

/**
 * Asks for the newest facts about a task's client and project, and about its infrastructure or that
 * of the nearest of its containers that has any.
 */
export function factsRequest(dialect: Dialect, task: AboutTask): Request<readonly NamedInsight[]> {
  const keys = [task.key, ...containerKeys(task.key)];
  const general = listTargets(targetsOf(task, [])).map((target) =>
    newestInsights(dialect, target, told),
  );
  const isPlaced = task.infrastructureCount > 0 || keys.length > 1;
  const placed = isPlaced ? insightsOnInfrastructure(keys, told) : known([]);
  const asked = together(placed, together(...general));
  return mapped(asked, ([placed, lists]) => {
    const nearest = keys.find((key) => placed.some(({ taskKey }) => taskKey === key));
    const own = placed
      .filter(({ taskKey }) => taskKey === nearest)
      .flatMap(({ insight }) => insight ?? []);
    return [...lists.flat(), ...own].sort((a, b) => (at(a) < at(b) ? 1 : -1)).slice(0, told);
  });
}

function at({ createdAt, id }: NamedInsight): string {
  return `${createdAt} ${id}`;
}
