import type { Row } from '../contract.ts';
import { type MovedTable, movedTable } from '../moving/moved-tables.ts';
import { columnNames, type MovedRow, toMovedRow } from '../moving/read-rows.ts';
import type { TableRow } from '../moving/row-lines.ts';
import { integer, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { type EventChange, toChange } from '../tables/event-row.ts';

/** An event of a list's history: its number and its time. */
export interface EventTime {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

function toEventTime([row]: readonly Row[]): EventTime | undefined {
  return row && { seq: integer(row, 'seq'), at: time(row, 'created_at') };
}

/**
 * Asks for the last event up to a time, UTC text as stored. It is looked for from the end of the
 * history, as what comes after it is read in any case.
 */
export function lastEventUntil(
  workspaceId: string,
  stored: string,
): Request<EventTime | undefined> {
  return lastEventWhere('created_at <= ?', [workspaceId, stored]);
}

/** Asks for the last event up to a number. */
export function lastEventUntilSeq(
  workspaceId: string,
  seq: number,
): Request<EventTime | undefined> {
  return lastEventWhere('seq <= ?', [workspaceId, seq]);
}

function lastEventWhere(
  condition: string,
  params: readonly [workspaceId: string, last: string | number],
): Request<EventTime | undefined> {
  return query(
    `SELECT seq, created_at FROM task_events WHERE workspace_id = ? AND ${condition}
     ORDER BY workspace_id DESC, seq DESC LIMIT 1`,
    params,
    toEventTime,
  );
}

/** Asks for tasks of a workspace in the order of their ids. */
export function tasksFrom(
  workspaceId: string,
  { after, size }: { readonly after: string; readonly size: number },
): Request<readonly MovedRow[]> {
  const table = movedTable('tasks');
  return query(
    `SELECT ${columnNames(table)} FROM tasks WHERE workspace_id = ? AND id > ?
     ORDER BY id LIMIT ${size}`,
    [workspaceId, after],
    (rows) => rows.map((row) => toMovedRow(table, row)),
  );
}

/** The tables that link a task with others, which are read by the ids of the tasks. */
export const linkTables = ['task_dependencies', 'task_infrastructure', 'archived_links'] as const;

/** Asks for the links of the tasks whose ids are in a range; tasks of other workspaces may be. */
export function linksBetween(
  name: (typeof linkTables)[number],
  { from, to }: { readonly from: string; readonly to: string },
): Request<readonly MovedRow[]> {
  const table = movedTable(name);
  return query(
    `SELECT ${columnNames(table)} FROM ${name} WHERE task_id >= ? AND task_id <= ?`,
    [from, to],
    (rows) => rows.map((row) => toMovedRow(table, row)),
  );
}

/** The tables whose rows tasks refer to. */
export const registryTables = ['clients', 'projects', 'infrastructure'] as const;

/** Asks for all rows of a small table of a workspace. */
export function wholeTable(
  name: (typeof registryTables)[number],
  workspaceId: string,
): Request<{ readonly table: MovedTable; readonly rows: readonly MovedRow[] }> {
  const table = movedTable(name);
  return query(
    `SELECT ${columnNames(table)} FROM ${name} WHERE workspace_id = ?`,
    [workspaceId],
    (rows) => ({ table, rows: rows.map((row) => toMovedRow(table, row)) }),
  );
}

/** Asks for what is told of archived tasks outside their trees. */
export function archivedRows(ids: readonly string[]): Request<readonly TableRow[]> {
  const table = movedTable('archived_tasks');
  return inList(
    ids,
    (list) => `SELECT ${columnNames(table)} FROM archived_tasks WHERE id IN (${list})`,
    (rows) => rows.map((row) => ({ table, row: toMovedRow(table, row) })),
  );
}

/** Asks for events between two numbers, neither of which is included, newest first. */
export function eventsBetween(
  workspaceId: string,
  {
    after,
    before,
    size,
  }: { readonly after: number; readonly before: number; readonly size: number },
): Request<readonly EventChange[]> {
  return query(
    `SELECT seq, task_id, verb, old_value, new_value FROM task_events
     WHERE workspace_id = ? AND seq > ? AND seq < ?
     ORDER BY workspace_id DESC, seq DESC LIMIT ${size}`,
    [workspaceId, after, before],
    (rows) => rows.map(toChange),
  );
}
