import type { WorkItemView } from '../../model/answers/work-item.ts';
import { billedTime, partsOfTask, roundToBill } from '../../model/billing/minutes.ts';
import {
  categoryOf,
  problemOf,
  solutionOf,
  type ToldTask,
  technologiesOf,
  type Work,
  type WorkItem,
} from '../../model/billing/work-item.ts';
import { rootKey } from '../../model/key.ts';
import { limits } from '../../model/limits.ts';
import type { Client, Project } from '../../model/registry/entry.ts';
import { minuteMs, type Run } from '../../model/run/run.ts';
import type { Status, Task } from '../../model/task/task.ts';
import { together } from '../../store/sql/request.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { infrastructureOf, type TaskInfrastructure } from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import { registryEntriesByIds } from '../../store/tables/registry.ts';
import { runsOf } from '../../store/tables/runs.ts';
import {
  archiveWorkItem,
  insertWorkItem,
  renewWorkItem,
  workItemsOf,
} from '../../store/tables/work-items.ts';
import { makeToken } from '../ids.ts';
import { readContext } from '../stored-json.ts';
import { isoTime, storedTime } from '../stored-time.ts';
import { flushAndLoad } from '../write/load.ts';
import type { Write } from '../write/write.ts';

/** The rows of other tables that decide what is billed for some tasks. */
interface Billing {
  readonly items: readonly WorkItem[];
  readonly runs: readonly Run[];
  readonly systems: readonly TaskInfrastructure[];
  readonly clients: readonly Client[];
  readonly projects: readonly Project[];
}

/**
 * Brings the work items of tasks in line with the tasks: one for each completed, billable task of a
 * client that is no subtask, and none else. A work item whose task no longer qualifies is archived,
 * and renewed when it does again. The tasks' trees must be loaded.
 *
 * @returns the work items that are new or changed.
 */
export async function syncWorkItems(
  write: Write,
  taskIds: readonly string[],
): Promise<readonly WorkItemView[]> {
  const billing = await loadBilling(write, taskIds);
  const written: WorkItemView[] = [];
  for (const id of taskIds) {
    const task = write.list.task(id);
    const item = billing.items.find(({ taskId }) => taskId === id);
    if (isBilled(task) && task.clientId !== null) {
      const view = keepWork(write, task, { item, clientId: task.clientId, billing });
      if (view !== undefined) written.push(view);
    } else if (item !== undefined && item.archivedAt === null) {
      write.send(archiveWorkItem(item, { revision: makeToken(), at: write.at }));
      const { billableMinutes: minutes } = item;
      write.record({ verb: 'unbilled', taskId: id, key: task.key, old: { minutes } });
    }
  }
  return written;
}

/** Reads what the work items of these tasks depend on, in one flight with the pending writes. */
async function loadBilling(write: Write, taskIds: readonly string[]): Promise<Billing> {
  const { list } = write;
  const states = taskIds.map((id) => list.state(id));
  const ids = states.flatMap(({ id }) => [id, ...list.below(id).map((task) => task.id)]);
  const clientIds = states.flatMap(({ clientId }) => clientId ?? []);
  const projectIds = states.flatMap(({ projectId }) => projectId ?? []);
  const [items, runs, systems, clients, projects] = await flushAndLoad(
    write,
    ids,
    together(
      workItemsOf(taskIds),
      runsOf(write.db.dialect, ids, { withReports: false }),
      infrastructureOf(ids),
      registryEntriesByIds(clientTable, clientIds),
      registryEntriesByIds(projectTable, projectIds),
    ),
  );
  return { items, runs, systems, clients, projects };
}

function isBilled({ parentId, status, billable }: Task): boolean {
  return parentId === null && status === 'completed' && billable;
}

function keepWork(
  write: Write,
  task: Task,
  {
    item,
    clientId,
    billing,
  }: {
    readonly item: WorkItem | undefined;
    readonly clientId: string;
    readonly billing: Billing;
  },
): WorkItemView | undefined {
  const client = billing.clients.find(({ id }) => id === clientId);
  if (client === undefined) throw new Error(`client ${clientId} is gone`);
  const work = describeWork(write, task, { client, billing });
  const isNew = item === undefined || item.archivedAt !== null;
  if (!isNew && saysTheSame(item, work) && item.completedAt === task.completedAt) return undefined;
  const { at } = write;
  const { session, actor } = write.scope.worker;
  const revision = makeToken();
  const completedAt = storedTime(task.completedAt ?? isoTime(at));
  // A session that only corrects a work item did not do its work.
  const doneIn =
    item !== undefined && item.completedAt === task.completedAt ? item.session : session;
  const stored = { ...work, session: doneIn, revision, completedAt, at };
  const id = item?.id ?? write.newId();
  const row = { id, workspaceId: task.workspaceId, taskId: task.id, createdBy: actor };
  write.send(
    item === undefined ? insertWorkItem({ ...stored, ...row }) : renewWorkItem(item, stored),
  );
  write.record({
    verb: 'billed',
    taskId: task.id,
    key: task.key,
    ...(isNew ? {} : { old: { minutes: item.billableMinutes } }),
    new: { minutes: work.billableMinutes, category: work.category },
  });
  const { clientId: _, projectId, ...columns } = work;
  return {
    ...columns,
    id,
    task: task.key,
    client: client.slug,
    timeZone: client.timeZone,
    project: billing.projects.find((project) => project.id === projectId)?.slug ?? null,
    minutesFrom: [...columns.minutesFrom],
    affectedSystems: [...columns.affectedSystems],
    technologies: [...columns.technologies],
    session: doneIn,
    completedAt: isoTime(completedAt),
    archivedAt: null,
    invoicedMinutes: item?.invoicedMinutes ?? null,
    createdAt: item?.createdAt ?? isoTime(at),
    createdBy: item?.createdBy ?? actor,
    updatedAt: isoTime(at),
  };
}

function describeWork(
  { list, runs: loaded }: Write,
  task: Task,
  { client, billing }: { readonly client: Client; readonly billing: Billing },
): Work {
  const below = list.below(task.id).map(({ id }) => list.task(id));
  const tasks = [task, ...below];
  const [root, ...parts] = tasks.map(
    (each): ToldTask => ({ ...each, context: readContext(each.context) }),
  );
  if (root === undefined) throw new Error(`task ${task.key} is gone`);
  const ids = new Set(tasks.map(({ id }) => id));
  const runs = billing.runs
    .filter(({ taskId }) => ids.has(taskId))
    .map((run) => loaded.find(run.taskId)?.find(({ id }) => id === run.id) ?? run);
  const minutesFrom = partsOfTask(task, below, { worked: runs, rule: client.minutesRule });
  const timeMs = Math.min(billedTime(minutesFrom), limits.billedMinutes * minuteMs);
  const systems = billing.systems.filter(({ taskId }) => ids.has(taskId));
  return {
    clientId: client.id,
    projectId: task.projectId,
    category: categoryOf(root),
    problem: problemOf(root),
    solution: solutionOf(root, parts),
    billableMinutes: roundToBill(timeMs, client),
    minutesFrom,
    affectedSystems: [...new Set(systems.map(({ name }) => name))],
    technologies: technologiesOf([root, ...parts]),
  };
}

function saysTheSame(item: WorkItem, work: Work): boolean {
  return Object.entries(work).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(item[field as keyof Work]),
  );
}

/** Whether this status completes a task of a client, or takes its completion back. */
export function affectsBilling(
  { parentId, clientId, status }: Pick<Task, 'parentId' | 'clientId' | 'status'>,
  to: Status,
): boolean {
  return (
    parentId === null && clientId !== null && (status === 'completed') !== (to === 'completed')
  );
}

/** Marks the work item of a task's tree for recomputation, because the task has changed. */
export function markRootBilling(write: Write, task: Pick<Task, 'id' | 'key'>): void {
  const root = write.list.findByKey(rootKey(task.key));
  if (root !== undefined) write.billingChanged(root.id);
}
