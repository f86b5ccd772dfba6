import type { WorkItemList, WorkItemView } from '../../model/answers/work-item.ts';
import type { WorkItemInput } from '../../model/billing/work-item-input.ts';
import { DocketError } from '../../model/errors.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { ask, nothing } from '../../store/sql/request.ts';
import { findWorkItems, workItemList } from '../../store/tables/work-items.ts';
import { totalLimit } from '../reads/lists.ts';
import { findByName } from '../registry/entries.ts';
import { clientKind } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';
import { applyPatch } from '../tasks/update.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTask, findTaskForWrite } from '../view/find.ts';
import { viewWorkItem, workItemViews } from '../view/work-item.ts';
import type { Write } from '../write/write.ts';

/**
 * Bills a completed task that is not billed, or no longer: it becomes billable, and so gets a work
 * item.
 *
 * @throws DocketError `not_found`, `invalid_transition` (not completed), `invalid_input` (a
 * subtask, no client), `conflict` (it has one)
 */
export async function addWorkItem(
  scope: Scope,
  key: string,
  { client, ...input }: WorkItemInput & { readonly client?: string | undefined },
): Promise<WorkItemView> {
  return writeWorkspace(scope, { keys: [key] }, async (write) => {
    const task = await findTaskForWrite(write, key);
    requireRoot(task);
    if (task.status !== 'completed') {
      throw new DocketError('invalid_transition', `${task.key} is ${task.status}`, {
        hint: `Its work item comes with its completion: docket update ${task.key} --billable`,
      });
    }
    const [known] = await findWorkItems(write.db, [task.id]);
    if (known !== undefined && known.archivedAt === null) {
      throw new DocketError('conflict', `${task.key} has its work item already`, {
        hint: `docket work-item show ${task.key}`,
      });
    }
    if (!client && task.clientId === null) {
      throw new DocketError('invalid_input', `${task.key} is for no client`, {
        hint: `docket work-item add ${task.key} --client NAME`,
      });
    }
    await applyPatch(write, task, { ...(client ? { client } : {}), billable: true });
    return applyInput(write, task, input);
  });
}

/**
 * Changes a work item by way of its task: the two stay in step.
 *
 * @throws DocketError `not_found`, `invalid_input`, `usage` when nothing is said
 */
export async function changeWorkItem(
  scope: Scope,
  key: string,
  input: WorkItemInput,
): Promise<WorkItemView> {
  if (!Object.values(input).some((value) => value !== undefined)) {
    throw new DocketError('usage', 'nothing to update', { hint: 'docket work-item update --help' });
  }
  return writeWorkspace(scope, { keys: [key] }, async (write) => {
    const task = await findTaskForWrite(write, key);
    const item = await findOne(write.db, task);
    if (item.archivedAt !== null) {
      throw new DocketError('invalid_transition', `the work item of ${task.key} is archived`, {
        hint: `docket work-item add ${task.key} brings it back`,
      });
    }
    return applyInput(write, task, input);
  });
}

/**
 * Takes a work item off the bill: its task is no longer billable.
 *
 * @throws DocketError `not_found`
 */
export function dropWorkItem(scope: Scope, key: string): Promise<WorkItemView> {
  return writeWorkspace(scope, { keys: [key] }, async (write) => {
    const task = await findTaskForWrite(write, key);
    await findOne(write.db, task);
    await applyPatch(write, task, { billable: false });
    await write.deriveAll();
    await write.flush(nothing);
    return findOne(write.db, task);
  });
}

/** Reads a work item. @throws DocketError `not_found` */
export function showWorkItem(scope: Scope, key: string): Promise<WorkItemView> {
  return scope.store.read(async (db) => findOne(db, await findTask(db, scope.workspaceId, key)));
}

/** Lists work items, newest first. @throws DocketError `not_found` (the client) */
export function listWork(
  scope: Scope,
  {
    client,
    withArchived = false,
    limit,
  }: {
    readonly client?: string | undefined;
    readonly withArchived?: boolean;
    readonly limit: number;
  },
): Promise<WorkItemList> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const clientId =
      client === undefined
        ? undefined
        : (await findByName(db, clientKind, { workspaceId, name: client })).id;
    const filter = { workspaceId, clientId, withArchived };
    const { items, total } = await ask(
      db,
      workItemList(db.dialect, filter, { limit, countTo: totalLimit }),
    );
    return { workItems: items.map(viewWorkItem), total, totalLimit };
  });
}

/** Writes an input to the task, which the work item is derived from. */
async function applyInput(write: Write, before: Task, input: WorkItemInput): Promise<WorkItemView> {
  const { minutes, solution, problem, category } = input;
  const task = write.list.task(before.id);
  const context = { ...(problem && { problem }), ...(category && { category }) };
  await applyPatch(write, task, {
    ...(minutes === undefined ? {} : { billable_minutes: minutes }),
    ...(solution === undefined ? {} : { outcome: solution }),
    ...(Object.keys(context).length === 0 ? {} : { task_context: context }),
  });
  await write.deriveAll();
  await write.flush(nothing);
  return findOne(write.db, task);
}

/** Reads a task's work item. @throws DocketError `not_found` */
export async function findOne(db: Db, task: Task): Promise<WorkItemView> {
  const [item] = await ask(db, workItemViews([task.id]));
  if (item !== undefined) return item;
  throw new DocketError('not_found', `${task.key} has no work item`, {
    hint:
      task.parentId === null
        ? `docket work-item add ${task.key}, once it is completed`
        : 'A subtask has none of its own: its whole tree is billed as one',
  });
}

/** Refuses a subtask. @throws DocketError `invalid_input` */
function requireRoot(task: Task): void {
  if (task.parentId === null) return;
  throw new DocketError(
    'invalid_input',
    `${task.key} is a subtask: its whole tree is billed as one`,
  );
}
