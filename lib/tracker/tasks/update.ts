import type { UpdateAnswer } from '../../model/answers/update.ts';
import { DocketError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import type { TaskContext, TaskInput } from '../../model/task/input.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import type { Task } from '../../model/task/task.ts';
import type { SqlValue } from '../../store/contract.ts';
import { changeableValues, type TaskChange } from '../../store/tables/task-row.ts';
import { markRootBilling } from '../derive/work-items.ts';
import type { AttributionInput } from '../registry/attribution.ts';
import { changeAttribution } from '../registry/change-attribution.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { storedTime } from '../stored-time.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import { loadRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { applyMove } from './move.ts';
import { requireNotLate } from './own-claim.ts';
import { saidMinutes } from './said-minutes.ts';
import { applyStatus, type StatusOptions } from './set-status.ts';

export type TaskPatch = { readonly [Field in keyof TaskInput]?: TaskInput[Field] | undefined } & {
  readonly outcome?: string | undefined;
  /** Labels to take away before those of the patch are added; all of them. */
  readonly unlabel?: readonly string[] | 'all' | undefined;
};

/** The changes that `update` makes to a task. */
export interface Update {
  /** The fields that have no verb of their own. */
  readonly patch: TaskPatch;
  /** The key of the task that it becomes a subtask of; '' for none. */
  readonly parent?: string | undefined;
  /** The status to reach, and the options of the verb that leads there. */
  readonly status?: StatusOptions | undefined;
  /** Changes a task that was the worker's until others took or closed it. */
  readonly force?: boolean;
}

/**
 * Changes fields of a task, its place, and its status by the verb that stands for it, in one
 * transaction.
 * `task_context` is merged key by key; a key set to null is removed.
 *
 * @throws DocketError `not_found`, `ambiguous_key`, what the status' verb throws, and what
 * `requireNotLate` and `applyMove` throw
 */
export function updateTask(
  scope: Scope,
  key: string,
  { patch, parent, status, force = false }: Update,
): Promise<UpdateAnswer> {
  const keys = [key, ...(parent ? [parent] : [])];
  return writeWorkspace(scope, { keys, withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    await loadRuns(write, [task.id]);
    // The verbs of a status refuse what is not the worker's themselves.
    if (status === undefined) await requireNotLate(write, task, { force });
    await applyPatch(write, task, patch);
    const moved =
      parent === undefined ? undefined : await applyMove(write, write.list.task(task.id), parent);
    if (status !== undefined) await applyStatus(write, write.list.task(task.id), status);
    return { ...(await answer(write, task.id)), moved: moved ?? null };
  });
}

/** Writes the fields that differ, and the event, within a transaction. */
export async function applyPatch(write: Write, task: Task, patch: TaskPatch): Promise<void> {
  const { client, project, infrastructure, billable, ...fields } = patch;
  const wanted = { client, project, infrastructure, billable };
  const attribution = Object.values(wanted).some((value) => value !== undefined)
    ? await changeAttribution(write, task, wanted)
    : { columns: {}, eventValues: {}, formerValues: {} };
  const said = saidMinutes(write, fields.billable_minutes);
  const change = changedColumns(task, { fields, columns: { ...attribution.columns, ...said } });
  const isSame = Object.keys(attribution.eventValues).length === 0;
  if (Object.keys(change).length === 0 && isSame) return;
  write.list.change(task.id, change);
  const before: Readonly<Record<string, SqlValue>> = changeableValues(task);
  const plain = Object.entries(change).filter(
    ([column]) => !Object.hasOwn(attribution.columns, column) && column !== 'not_before',
  );
  if (plain.length > 0 || !isSame) {
    write.record({
      verb: 'updated',
      taskId: task.id,
      key: task.key,
      old: {
        ...Object.fromEntries(plain.map(([column]) => [column, before[column]])),
        ...attribution.formerValues,
      },
      new: { ...Object.fromEntries(plain), ...attribution.eventValues },
    });
  }
  if (change.not_before !== undefined) reschedule(write, task, change.not_before);
  if (task.clientId !== null || attribution.columns.client_id) markRootBilling(write, task);
}

/** Tells when a task may begin, which everything below it follows. */
function reschedule(write: Write, task: Task, notBefore: string | null): void {
  const before = task.notBefore === null ? null : storedTime(task.notBefore);
  write.record({
    verb: 'scheduled',
    taskId: task.id,
    key: task.key,
    old: { not_before: before },
    new: { not_before: notBefore },
  });
  write.dependenciesChanged(task.id);
}

/** Gives the labels that a patch leaves a task. @throws DocketError `invalid_input` */
function labelsAfter(task: Task, { labels = [], unlabel = [] }: TaskPatch): readonly string[] {
  const kept = task.labels.filter((label) => unlabel !== 'all' && !unlabel.includes(label));
  const after = [...new Set([...kept, ...labels])];
  if (after.length <= limits.taskLabels) return after;
  throw new DocketError('invalid_input', `${task.key} would have ${after.length} labels`, {
    hint: `At most ${limits.taskLabels} are allowed; docket update ${task.key} --unlabel LABEL`,
  });
}

/** The fields of a patch that are columns of the same name. */
type PlainField = Exclude<keyof TaskPatch, keyof AttributionInput | 'unlabel'>;

function changedColumns(
  task: Task,
  {
    fields: { task_context, due, not_before, labels, unlabel, ...fields },
    columns,
  }: { fields: Pick<TaskPatch, PlainField | 'unlabel'>; columns: TaskChange },
): TaskChange {
  // A field whose column cannot change does not compile: its old value would never equal the new.
  const plain: Readonly<Record<PlainField, SqlValue>> = changeableValues(task);
  const before: Readonly<Record<string, SqlValue>> = plain;
  const wanted: Record<string, unknown> = { ...fields, ...columns };
  if (due !== undefined) wanted.due = due ? storedTime(due) : null;
  if (not_before !== undefined) wanted.not_before = not_before ? storedTime(not_before) : null;
  if (labels !== undefined || unlabel !== undefined) {
    const after = labelsAfter(task, { labels, unlabel });
    wanted.labels = after.length === 0 ? null : JSON.stringify(after);
  }
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

/** Requires that a patch changes something. @throws DocketError `usage` */
export function requireChange(patch: TaskPatch): void {
  if (Object.values(patch).some((value) => value !== undefined)) return;
  throw new DocketError('usage', 'nothing to update', { hint: 'docket update --help' });
}
