import type { WorkItemView } from '../../model/answers/work-item.ts';
import type { WorkItem } from '../../model/billing/work-item.ts';
import type { Db } from '../../store/contract.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { projectTable } from '../../store/tables/projects.ts';
import { findSlugs } from '../../store/tables/registry.ts';
import { findStates } from '../../store/tables/task-states.ts';

/** Turns rows into what people see, in the order given. */
export async function viewWorkItems(
  db: Db,
  items: readonly WorkItem[],
): Promise<readonly WorkItemView[]> {
  const distinct = (ids: readonly (string | null)[]) => [
    ...new Set(ids.filter((id) => id !== null)),
  ];
  const clients = await findSlugs(db, clientTable, distinct(items.map((item) => item.clientId)));
  const projects = await findSlugs(db, projectTable, distinct(items.map((item) => item.projectId)));
  const tasks = await findStates(db, distinct(items.map((item) => item.taskId)));
  const keys = new Map(tasks.map(({ id, key }) => [id, key]));
  return items.map(({ taskId, clientId, projectId, revision: _, ...item }) => ({
    ...item,
    affectedSystems: [...item.affectedSystems],
    technologies: [...item.technologies],
    task: keys.get(taskId) ?? '',
    client: clients.get(clientId) ?? '',
    project: projects.get(projectId ?? '') ?? null,
  }));
}
