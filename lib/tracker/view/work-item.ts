import type { WorkItemView } from '../../model/answers/work-item.ts';
import { mapped, type Request } from '../../store/sql/request.ts';
import { type NamedWorkItem, workItemsOf } from '../../store/tables/work-items.ts';

export function viewWorkItem({
  taskId: _,
  clientId: __,
  projectId: ___,
  revision: ____,
  taskKey,
  clientSlug,
  projectSlug,
  ...item
}: NamedWorkItem): WorkItemView {
  return {
    ...item,
    minutesFrom: [...item.minutesFrom],
    affectedSystems: [...item.affectedSystems],
    technologies: [...item.technologies],
    task: taskKey,
    client: clientSlug,
    project: projectSlug,
  };
}

/** Asks for the work items of these tasks as people see them. */
export function workItemViews(taskIds: readonly string[]): Request<WorkItemView[]> {
  return mapped(workItemsOf(taskIds), (items) => items.map(viewWorkItem));
}
