import type { FilterFacts } from '../../model/task/filter.ts';
import { keysBelow } from '../../model/task/key-tree.ts';
import type { Priority, Status, TaskType } from '../../model/task/task.ts';
import type { Dialect, Row, SqlValue } from '../contract.ts';
import { integer, text, textList, textOrNull, time } from '../sql/columns.ts';
import { placeholdersFor } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { stubColumns, type TaskStub, toStub } from '../tables/task-stub.ts';

/** A task of a list that is filtered or put in another order: what decides about it. */
export type FilterRow = TaskStub &
  FilterFacts & {
    readonly status: Status;
    readonly priority: number;
    readonly createdAt: string;
    readonly updatedAt: string;
  };

/** The part of a filter that every engine compares alike. */
export interface FilterConditions {
  readonly types?: readonly TaskType[] | undefined;
  readonly priorities?: readonly Priority[] | undefined;
  /** Whether descriptions are read, which can be long. */
  readonly withText: boolean;
}

/** One list in the order of its index: the tasks of a status or a queue. */
export interface FilterBase {
  /** Undefined for every workspace, which only a status can be read of. */
  readonly workspaceId: string | undefined;
  readonly column: 'status' | 'queue';
  readonly value: string;
}

export interface FilterPage {
  readonly from: number;
  readonly size: number;
}

/** Asks for a page of a list along its index, in the index's order. */
export function filteredPage(
  dialect: Dialect,
  { workspaceId, column, value }: FilterBase,
  { from, size, ...conditions }: FilterConditions & FilterPage,
): Request<readonly FilterRow[]> {
  const isEverywhere = workspaceId === undefined;
  const index = isEverywhere ? 'tasks_by_status_everywhere' : `tasks_by_${column}`;
  const order = isEverywhere ? column : `workspace_id, ${column}`;
  const { sql, params } = conditionsOf(conditions);
  const isNow = value === 'scheduled' ? hasBegun(dialect) : '';
  return query(
    `SELECT ${columnsOf(conditions)} FROM tasks ${dialect.along(index)}
     WHERE ${isEverywhere ? '' : 'workspace_id = ? AND '}${column} = ?${isNow}${sql}
     ORDER BY ${order}, priority, created_at, id LIMIT ${size} OFFSET ${from}`,
    [...(isEverywhere ? [] : [workspaceId]), value, ...params],
    (rows) => rows.map(toFilterRow),
  );
}

/** Asks for everything below a task that has the values of a list. */
export function filteredBelow(
  dialect: Dialect,
  key: string,
  { column, values }: { readonly column: FilterBase['column']; readonly values: readonly string[] },
  conditions: FilterConditions,
): Request<readonly FilterRow[]> {
  const { from, to } = keysBelow(key);
  const { sql, params } = conditionsOf(conditions);
  const isNow = column === 'queue' ? hasBegun(dialect) : '';
  return query(
    `SELECT ${columnsOf(conditions)} FROM tasks WHERE task_key >= ? AND task_key < ?
       AND COALESCE(${column}, '') IN (${placeholdersFor(values)})${isNow}${sql}`,
    [from, to, ...values, ...params],
    (rows) => rows.map(toFilterRow),
  );
}

/** Leaves scheduled tasks out whose time has not come. */
function hasBegun({ now }: Dialect): string {
  return ` AND CASE WHEN queue <> 'scheduled' OR ready_at <= ${now} THEN 1 ELSE 0 END = 1`;
}

function columnsOf({ withText }: FilterConditions): string {
  return `${stubColumns}, status, priority, assigned_agent, claim_agent_id, claim_actor, created_at,
    updated_at, labels, title, ${withText ? 'description' : "'' AS description"}`;
}

/** COALESCE keeps Dolt from taking another index because of a condition. */
function conditionsOf({ types = [], priorities = [] }: FilterConditions): {
  readonly sql: string;
  readonly params: readonly SqlValue[];
} {
  const isIn = (value: string, values: readonly SqlValue[]) =>
    values.length === 0 ? '' : ` AND ${value} IN (${placeholdersFor(values)})`;
  return {
    sql: isIn("COALESCE(task_type, '')", types) + isIn('COALESCE(priority, -1)', priorities),
    params: [...types, ...priorities],
  };
}

function toFilterRow(row: Row): FilterRow {
  const stub = toStub(row);
  return {
    ...stub,
    claim: stub.claim && {
      ...stub.claim,
      agent: text(row, 'claim_agent_id'),
      actor: text(row, 'claim_actor'),
    },
    status: text(row, 'status') as Status,
    priority: integer(row, 'priority'),
    assignedAgent: textOrNull(row, 'assigned_agent'),
    createdAt: time(row, 'created_at'),
    updatedAt: time(row, 'updated_at'),
    labels: textList(row, 'labels'),
    title: text(row, 'title'),
    description: text(row, 'description'),
  };
}
