import type {
  Claim,
  Complexity,
  Priority,
  Queue,
  Status,
  Task,
  TaskType,
} from '../../model/task/task.ts';
import type { Row, SqlValue } from '../contract.ts';
import {
  flag,
  integer,
  integerOrNull,
  text,
  textList,
  textOrNull,
  time,
  timeOrNull,
} from '../sql/columns.ts';
import { toStored } from '../sql/stored.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';

type Read<T> = (row: Row, column: string) => T;

interface TaskColumn {
  readonly name: string;
  /**
   * Enumerations are checked by zod and the compiler when they are written: a row is not parsed
   * again.
   */
  readonly read: Read<unknown>;
  /** The value in a new row: the one its maker gives, or one for every row; else the default. */
  readonly create?: 'given' | 'clock' | { readonly always: SqlValue };
  /** The value that a verb may write later: another one, or the time of the change. */
  readonly change?: 'value' | 'clock';
}

const given = { create: 'given', change: 'value' } as const;

/** The columns of a task, by its fields: SELECT, INSERT, changes and the reading of rows follow. */
const table = {
  id: { name: 'id', read: text, create: 'given' },
  key: { name: 'task_key', read: text, create: 'given' },
  workspaceId: { name: 'workspace_id', read: text, create: 'given' },
  parentId: { name: 'parent_task_id', read: textOrNull, create: 'given' },
  position: { name: 'position', read: integer, create: 'given' },
  title: { name: 'title', read: text, create: 'given', change: 'value' },
  description: { name: 'description', read: text, create: 'given', change: 'value' },
  status: {
    name: 'status',
    read: text as Read<Status>,
    create: { always: 'pending' },
    change: 'value',
  },
  type: { name: 'task_type', read: text as Read<TaskType>, create: 'given', change: 'value' },
  priority: { name: 'priority', read: integer as Read<Priority>, create: 'given', change: 'value' },
  complexity: {
    name: 'estimated_complexity',
    read: textOrNull as Read<Complexity | null>,
    create: 'given',
    change: 'value',
  },
  estimatedMinutes: {
    name: 'estimated_minutes',
    read: integerOrNull,
    create: 'given',
    change: 'value',
  },
  assignedAgent: { name: 'assigned_agent', read: textOrNull, create: 'given', change: 'value' },
  due: { name: 'due', read: timeOrNull, create: 'given', change: 'value' },
  notBefore: { name: 'not_before', read: timeOrNull, create: 'given', change: 'value' },
  startsAt: { name: 'starts_at', read: timeOrNull, change: 'value' },
  readyAt: { name: 'ready_at', read: timeOrNull, change: 'value' },
  labels: { name: 'labels', read: textList, create: 'given', change: 'value' },
  claimSession: { name: 'claim_session_id', read: textOrNull, change: 'value' },
  claimAgent: { name: 'claim_agent_id', read: textOrNull, change: 'value' },
  claimActor: { name: 'claim_actor', read: textOrNull, change: 'value' },
  claimedAt: { name: 'claimed_at', read: timeOrNull, change: 'clock' },
  claimBranch: { name: 'claim_branch', read: textOrNull, change: 'value' },
  blockedReason: { name: 'blocked_reason', read: textOrNull, change: 'value' },
  createdSession: { name: 'created_session_id', read: text, create: 'given' },
  clientId: { name: 'client_id', read: textOrNull, create: 'given', change: 'value' },
  projectId: { name: 'project_id', read: textOrNull, create: 'given', change: 'value' },
  infrastructureCount: {
    name: 'infrastructure_count',
    read: integer,
    create: 'given',
    change: 'value',
  },
  billable: { name: 'billable', read: flag, create: 'given', change: 'value' },
  billableMinutes: { name: 'billable_minutes', read: integerOrNull, ...given },
  billableMinutesBy: { name: 'billable_minutes_by', read: textOrNull, ...given },
  context: { name: 'task_context', read: text, create: 'given', change: 'value' },
  outcome: { name: 'outcome', read: textOrNull, change: 'value' },
  createdAt: { name: 'created_at', read: time, create: 'clock' },
  createdBy: { name: 'created_by', read: text, create: 'given' },
  startedAt: { name: 'started_at', read: timeOrNull, change: 'clock' },
  completedAt: { name: 'completed_at', read: timeOrNull, change: 'clock' },
  updatedAt: { name: 'updated_at', read: time, create: 'clock' },
  revision: { name: 'revision', read: text },
  queue: {
    name: 'queue',
    read: text as Read<Queue>,
    create: { always: 'ready' },
    change: 'value',
  },
  waitingFor: { name: 'waiting_for', read: textOrNull, change: 'value' },
  subtaskCount: { name: 'subtask_count', read: integer, create: { always: 0 }, change: 'value' },
  subtasksLeft: { name: 'subtasks_left', read: integer, create: { always: 0 }, change: 'value' },
} as const satisfies Record<string, TaskColumn>;

type Table = typeof table;
type Field = keyof Table;
type Value<F extends Field> = ReturnType<Table[F]['read']>;
type Fields<F extends Field = Field> = { readonly [Each in F]: Value<Each> };

const fields = Object.keys(table) as Field[];
const columns: readonly (readonly [string, TaskColumn])[] = Object.entries(table);

/** The fields that make a new task; the rest is the same for all. */
export type NewTask = Pick<
  Task,
  { [F in Field]: Table[F] extends { create: 'given' } ? F : never }[Field] & keyof Task
>;

/** The columns that a verb may change. Times are UTC text as stored. */
export type TaskChange = {
  readonly [F in Field as Table[F] extends { change: string }
    ? Table[F]['name']
    : never]?: Table[F] extends { change: 'clock' } ? string | null : Stored<Value<F>>;
};

/** The columns whose value a verb may change, of the fields that a task has. */
type ValueColumn = {
  [F in Field & keyof Task]: Table[F] extends { change: 'value' } ? Table[F]['name'] : never;
}[Field & keyof Task];

/** A boolean is stored as 0 or 1, a list as JSON. */
type Stored<T> = T extends boolean ? number : T extends readonly string[] ? string | null : T;

/** All columns of a task, as SELECT names them. */
export const taskColumns = selected(fields);

/** Gives the columns of some fields, as SELECT names them, of the table by this name. */
export function selected(some: readonly Field[], from?: string): string {
  const prefix = from === undefined ? '' : `${from}.`;
  return some.map((field) => `${prefix}${table[field].name}`).join(', ');
}

/** Reads some of a task's fields from a row. */
export function readFields<F extends Field>(row: Row, some: readonly F[]): Fields<F> {
  const values: Partial<Record<Field, unknown>> = {};
  // A list can have thousands of rows, and an iterator would make an object for each field.
  some.forEach((field) => {
    values[field] = table[field].read(row, table[field].name);
  });
  return values as Fields<F>;
}

/** The fields that make a task's claim. */
export const claimFields = [
  'claimSession',
  'claimAgent',
  'claimActor',
  'claimedAt',
  'claimBranch',
] as const;
type ClaimField = (typeof claimFields)[number];

const ownFields = fields.filter((field): field is Exclude<Field, ClaimField> =>
  claimFields.every((each) => each !== field),
);

export function toTask(row: Row): Task {
  return Object.assign(readFields(row, ownFields), { claim: toClaim(row) });
}

/** Reads a task's claim from a row with the columns of `claimFields`. */
export function toClaim(row: Row): Claim | null {
  const read = readFields(row, claimFields);
  const { claimSession, claimAgent, claimActor, claimedAt, claimBranch } = read;
  if (claimSession === null) return null;
  return {
    session: claimSession,
    agent: claimAgent ?? '',
    actor: claimActor ?? '',
    since: claimedAt ?? '',
    ...(claimBranch === null ? {} : { branch: claimBranch }),
  };
}

/**
 * Makes the row of a new task.
 *
 * @param at the time of its making, UTC text as stored
 */
export function newTaskRow(task: NewTask, at: string): Row {
  const values: Readonly<Record<string, unknown>> = { ...task };
  return Object.fromEntries(
    columns.map(([field, { name, read, create }]) => {
      if (create === undefined) return [name, null];
      if (create === 'clock') return [name, at];
      return [name, create === 'given' ? toStored(values[field], read) : create.always];
    }),
  );
}

/** Inserts whole rows of tasks; a container comes before its subtasks. */
export function insertTaskRows(rows: readonly Row[]): readonly WriteStatement[] {
  return insertRows('tasks', rows);
}

/** Gives the values of the columns that a verb may change, by column. */
export function changeableValues(task: Task): Readonly<Record<ValueColumn, SqlValue>> {
  const values: Readonly<Record<string, unknown>> = { ...task };
  return Object.fromEntries(
    columns
      .filter(([field, { change }]) => change === 'value' && Object.hasOwn(values, field))
      .map(([field, { name, read }]) => [name, toStored(values[field], read)]),
  ) as Record<ValueColumn, SqlValue>;
}

/**
 * Gives the values that a task has in the columns of `change`, of those of `which` that are named.
 * Times are ISO 8601; the time of a task that was open is left out, as its status tells.
 */
export function formerValues(
  task: Task,
  change: TaskChange,
  which: readonly (keyof TaskChange)[],
): Readonly<Record<string, SqlValue>> {
  const before: Readonly<Record<string, SqlValue>> = {
    ...changeableValues(task),
    started_at: task.startedAt,
    completed_at: task.completedAt,
  };
  const after: Readonly<Record<string, SqlValue | undefined>> = change;
  return Object.fromEntries(
    which
      .filter((column) => after[column] !== undefined && after[column] !== before[column])
      .filter((column) => column !== 'completed_at' || before.completed_at !== null)
      .map((column) => [column, before[column] ?? null]),
  );
}
