import type { TaskContext } from '../../model/task/input.ts';
import type { SqlValue } from '../../store/contract.ts';
import { readContext } from '../stored-json.ts';
import type { ChangedTask } from '../write/loaded-task.ts';
import type { Change } from '../write/write.ts';

/**
 * What an event says of a task beyond its own fields, so that the task can be told as it was before:
 * the former value of every other column that the transaction changed. An older docket wrote none.
 */
export interface Was {
  readonly [column: string]: unknown;
  /** The former values of the fields of the context that changed; null: there was none. */
  readonly context?: TaskContext;
  /** The former values of other tasks, which have no event of their own. */
  readonly others?: readonly ({ readonly tasks: readonly string[] } & Was)[];
}

/** The columns that follow from others, or tell nothing. */
const derived: ReadonlySet<string> = new Set([
  ...['queue', 'waiting_for', 'starts_at', 'ready_at', 'subtask_count', 'subtasks_left'],
  ...['infrastructure_count', 'updated_at', 'revision'],
]);

const claimColumns: ReadonlySet<string> = new Set([
  ...['claim_session_id', 'claim_agent_id', 'claim_actor', 'claimed_at', 'claim_branch'],
]);

/**
 * Adds to events what the changes of their tasks were from. A task without an event of its own is
 * told by the last one.
 */
export function withFormerValues(
  changes: readonly Change[],
  changed: readonly ChangedTask[],
): readonly Change[] {
  const left = new Map(changed.map((task) => [task.row.id, task]));
  const told = changes.map((change): Change => {
    const task = left.get(change.taskId ?? '');
    left.delete(change.taskId ?? '');
    const old = isRecord(change.old) ? change.old : {};
    if (task === undefined && change.old === undefined) return change;
    return { ...change, old: { ...old, was: task === undefined ? {} : wasOf(task, old) } };
  });
  const others = groupOthers([...left.values()]);
  const last = told.at(-1);
  if (others.length === 0 || last === undefined) return told;
  const old = isRecord(last.old) ? last.old : {};
  const was = isRecord(old.was) ? old.was : {};
  return [...told.slice(0, -1), { ...last, old: { ...old, was: { ...was, others } } }];
}

/** Joins the changes of a task that were sent one after another: the first values are the former ones. */
export function joinChanged(
  earlier: readonly ChangedTask[],
  later: readonly ChangedTask[],
): readonly ChangedTask[] {
  const joined = new Map(earlier.map((task) => [task.row.id, task]));
  for (const task of later) {
    const before = joined.get(task.row.id);
    joined.set(task.row.id, {
      ...task,
      values: { ...before?.values, ...task.values },
      former: { ...task.former, ...before?.former },
    });
  }
  return [...joined.values()];
}

function groupOthers(tasks: readonly ChangedTask[]): Was['others'] & object {
  const groups = Map.groupBy(
    tasks.map((task) => ({ id: task.row.id, was: wasOf(task, {}) })),
    ({ was }) => JSON.stringify(was),
  );
  return [...groups.values()]
    .map((group) => ({ ...group[0]?.was, tasks: group.map(({ id }) => id) }))
    .filter((other) => Object.keys(other).length > 1);
}

/** Gives the former values of a task's changed columns that an event does not tell by itself. */
function wasOf({ values, former }: ChangedTask, old: Readonly<Record<string, unknown>>): Was {
  const after: Readonly<Record<string, SqlValue | undefined>> = values;
  // What a verb changes it has read, but the end of a task that had none.
  const columns = Object.keys(after).filter(
    (column) => !derived.has(column) && former[column] !== undefined,
  );
  const changed = columns.filter((column) => after[column] !== former[column]);
  const untold = changed.filter((column) => {
    if (column === 'task_context') return false;
    return claimColumns.has(column) ? !Object.hasOwn(old, 'claim') : old[column] !== former[column];
  });
  const isContextTold = Object.hasOwn(old, 'task_context') || !changed.includes('task_context');
  return {
    ...Object.fromEntries(untold.map((column) => [column, former[column]])),
    ...(isContextTold ? {} : { context: formerFields(former.task_context, after.task_context) }),
  };
}

/** Gives the fields of a context that differ from those of a later one. */
function formerFields(before: SqlValue | undefined, after: SqlValue | undefined): TaskContext {
  const [then, since] = [before, after].map((text) => readContext(String(text ?? '{}')));
  const names = new Set([...Object.keys(then ?? {}), ...Object.keys(since ?? {})]);
  return Object.fromEntries(
    [...names]
      .filter((name) => JSON.stringify(then?.[name]) !== JSON.stringify(since?.[name]))
      .map((name) => [name, then?.[name] ?? null]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
