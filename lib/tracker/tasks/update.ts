import type { TaskAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import {
  Outcome,
  parseInput,
  type TaskContext,
  TaskFields,
  type TaskInput,
} from '../../model/task/input.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import type { Task } from '../../model/task/task.ts';
import { changeableValues, type TaskChange } from '../../store/tables/task-row.ts';
import { updateTask } from '../../store/tables/tasks.ts';
import { markRootBilling } from '../derive/work-items.ts';
import { makeToken } from '../ids.ts';
import type { AttributionInput } from '../registry/attribution.ts';
import { changeAttribution } from '../registry/change-attribution.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import type { Write } from '../write.ts';

export type TaskPatch = { readonly [Field in keyof TaskInput]?: TaskInput[Field] | undefined } & {
  readonly outcome?: string | undefined;
};

/**
 * Changes fields that have no verb of their own. `task_context` is merged key by key; a key set to
 * null is removed.
 *
 * @throws DocketError `invalid_input`, `not_found`, `ambiguous_key`
 */
export async function updateFields(
  scope: Scope,
  key: string,
  given: TaskPatch,
): Promise<TaskAnswer> {
  const patch = parsePatch(given);
  return writeWorkspace(scope, async (write) => {
    const task = await findTaskForWrite(write, key);
    await applyPatch(write, task, patch);
    return answer(write, task.id);
  });
}

/** Writes what differs, and its event; the caller's transaction goes on. */
export async function applyPatch(write: Write, task: Task, patch: TaskPatch): Promise<void> {
  const { client, project, infrastructure, billable, ...fields } = patch;
  const said = { client, project, infrastructure, billable };
  const belongs = Object.values(said).some((value) => value !== undefined)
    ? await changeAttribution(write, task, said)
    : { columns: {}, told: {} };
  const change = changedColumns(task, { fields, columns: belongs.columns });
  if (Object.keys(change).length === 0 && Object.keys(belongs.told).length === 0) return;
  await updateTask(write.db, task, { ...change, revision: makeToken() });
  const before = changeableValues(task);
  const plain = Object.entries(change).filter(
    ([column]) => !Object.hasOwn(belongs.columns, column),
  );
  write.record({
    verb: 'updated',
    taskId: task.id,
    key: task.key,
    old: Object.fromEntries(plain.map(([column]) => [column, before[column]])),
    new: { ...Object.fromEntries(plain), ...belongs.told },
  });
  if (task.clientId !== null || belongs.columns.client_id) await markRootBilling(write, task);
}

function parsePatch({ outcome, ...fields }: TaskPatch): TaskPatch {
  return {
    ...parseInput(TaskFields, fields, { what: 'task:' }),
    outcome: outcome === undefined ? undefined : parseInput(Outcome, outcome, { what: 'outcome' }),
  };
}

function changedColumns(
  task: Task,
  {
    fields: { task_context, ...fields },
    columns,
  }: { fields: Omit<TaskPatch, keyof AttributionInput>; columns: TaskChange },
): TaskChange {
  const before = changeableValues(task);
  const wanted: Record<string, unknown> = { ...fields, ...columns };
  if (task_context !== undefined) wanted.task_context = mergeContext(task, task_context);
  const changed = Object.entries(wanted).filter(
    ([column, value]) => value !== undefined && value !== before[column],
  );
  return Object.fromEntries(changed) as TaskChange;
}

function mergeContext(task: Task, patch: TaskContext): string {
  const merged: TaskContext = { ...readContext(task.context), ...patch };
  return serialiseContext(
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)),
  );
}

/** @throws DocketError `usage` when a patch says nothing. */
export function requireChange(patch: TaskPatch): void {
  if (Object.values(patch).some((value) => value !== undefined)) return;
  throw new DocketError('usage', 'nothing to update', { hint: 'docket update --help' });
}
