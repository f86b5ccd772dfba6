import { billableMinutes, roundMinutes } from '../../model/billing/minutes.ts';
import {
  categoryOf,
  problemOf,
  solutionOf,
  type ToldTask,
  technologiesOf,
  type Work,
  type WorkItem,
} from '../../model/billing/work-item.ts';
import { limits } from '../../model/limits.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Status, Task } from '../../model/task/task.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { findInfrastructureOf } from '../../store/tables/infrastructure.ts';
import { findRegistryEntries } from '../../store/tables/registry.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findTaskByKey, findTasks } from '../../store/tables/tasks.ts';
import {
  archiveWorkItem,
  findWorkItems,
  insertWorkItem,
  renewWorkItem,
} from '../../store/tables/work-items.ts';
import { makeId, makeToken } from '../ids.ts';
import { readContext } from '../stored-json.ts';
import type { Write } from '../write/write.ts';
import { findBelow } from './tree.ts';
import { rootKey } from '../../model/key.ts';

/**
 * Brings the work items of tasks in line with what these have become: one for each completed,
 * billable task of a client that is no subtask, and none else. What is no longer so is archived,
 * and renewed when it is so again.
 *
 * @returns ids of the tasks whose work item is new or says something new.
 */
export async function syncWorkItems(
  write: Write,
  taskIds: readonly string[],
): Promise<readonly string[]> {
  const items = await findWorkItems(write.db, taskIds);
  const written: string[] = [];
  for (const task of await findTasks(write.db, taskIds)) {
    const item = items.find(({ taskId }) => taskId === task.id);
    const { clientId } = task;
    if (isBilled(task) && clientId !== null) {
      if (await keepWork(write, task, { item, clientId })) written.push(task.id);
    } else if (item !== undefined && item.archivedAt === null) {
      await archiveWorkItem(write.db, item, makeToken());
      const { billableMinutes: minutes } = item;
      write.record({ verb: 'unbilled', taskId: task.id, key: task.key, old: { minutes } });
    }
  }
  return written;
}

function isBilled({ parentId, status, billable }: Task): boolean {
  return parentId === null && status === 'completed' && billable;
}

async function keepWork(
  write: Write,
  task: Task,
  { item, clientId }: { item: WorkItem | undefined; clientId: string },
): Promise<boolean> {
  const work = await describeWork(write, task, clientId);
  const isNew = item === undefined || item.archivedAt !== null;
  if (!isNew && saysTheSame(item, work) && item.completedAt === task.completedAt) return false;
  const { session, actor } = write.scope.worker;
  const revision = makeToken();
  if (item === undefined) {
    const { id: taskId, workspaceId } = task;
    const row = { id: makeId(), workspaceId, taskId, session, createdBy: actor, revision };
    await insertWorkItem(write.db, { ...work, ...row });
  } else {
    // Who only mends what it says did not do the work.
    const doneIn = item.completedAt === task.completedAt ? item.session : session;
    await renewWorkItem(write.db, item, { ...work, session: doneIn, revision });
  }
  write.record({
    verb: 'billed',
    taskId: task.id,
    key: task.key,
    ...(isNew ? {} : { old: { minutes: item.billableMinutes } }),
    new: { minutes: work.billableMinutes, category: work.category },
  });
  return true;
}

async function describeWork({ db }: Write, task: Task, clientId: string): Promise<Work> {
  const below = isContainer(task) ? await findBelow(db, [task.id]) : [];
  const tasks = [task, ...below];
  const told = tasks.map((each): ToldTask => ({ ...each, context: readContext(each.context) }));
  const [root, ...parts] = told;
  const [client] = await findRegistryEntries(db, clientTable, [clientId]);
  if (root === undefined || client === undefined) throw new Error(`client ${clientId} is gone`);
  const ids = tasks.map(({ id }) => id);
  const worked = await findRuns(db, ids, { withReports: false });
  const placed = tasks.filter(({ infrastructureCount }) => infrastructureCount > 0);
  const systems = await findInfrastructureOf(
    db,
    placed.map(({ id }) => id),
  );
  const minutes = Math.min(billableMinutes(task, below, worked), limits.billedMinutes);
  return {
    clientId,
    projectId: task.projectId,
    category: categoryOf(root),
    problem: problemOf(root),
    solution: solutionOf(root, parts),
    billableMinutes: roundMinutes(minutes, client),
    affectedSystems: [...new Set(systems.map(({ name }) => name))],
    technologies: technologiesOf(told),
  };
}

function saysTheSame(item: WorkItem, work: Work): boolean {
  return Object.entries(work).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(item[field as keyof Work]),
  );
}

/** Whether a task that gets this status is one for a client that is done with it, or no longer. */
export function affectsBilling(
  { parentId, clientId, status }: Pick<Task, 'parentId' | 'clientId' | 'status'>,
  to: Status,
): boolean {
  return (
    parentId === null && clientId !== null && (status === 'completed') !== (to === 'completed')
  );
}

/** Says that what a task of a client says of itself has changed: its tree's work item follows. */
export async function markRootBilling(write: Write, task: Task): Promise<void> {
  const root = task.parentId === null ? task : await findTaskByKey(write.db, rootKey(task.key));
  if (root !== undefined) write.rebilled(root.id);
}
