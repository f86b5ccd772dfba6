import type { SqlValue, Statement } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { inList, placeholdersFor } from '../sql/in-list.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';
import { assignments, insertRows, type WriteStatement } from '../sql/write.ts';
import type { MovedTable } from './moved-tables.ts';
import { columnNames, keyOf, type MovedRow, toMovedRow, toStoredRow } from './read-rows.ts';

/** Rows of one table in the order of its key, and the part of that order which they cover. */
export interface Page {
  readonly table: MovedTable;
  readonly rows: readonly MovedRow[];
  /** The key of the last row of the page before; undefined at the first one. */
  readonly after: readonly SqlValue[] | undefined;
  /** Whether no page of the table follows. */
  readonly isLast: boolean;
}

/** What a database has where a page belongs. */
export interface Present {
  readonly rows: readonly MovedRow[];
  /** Tasks of another list that have a key of the page. */
  readonly takenKeys: readonly string[];
}

/** Asks for the rows that a page may meet. */
export function presentRequest(page: Page, workspaceId: string): Request<Present> {
  const { table, rows } = page;
  const found = table.isPruned
    ? rangeRequest(page, workspaceId)
    : sameKeys(table, rows, workspaceId);
  if (table.name !== 'tasks') return mapped(found, (present) => ({ rows: present, takenKeys: [] }));
  const ids = new Set(rows.map(({ id }) => id));
  const keys = rows.map(({ task_key: key }) => String(key));
  const holders = inList(
    keys,
    (list) => `SELECT id, task_key FROM tasks WHERE task_key IN (${list})`,
    (holding) =>
      holding.filter(({ id }) => !ids.has(id ?? null)).map((row) => text(row, 'task_key')),
  );
  return mapped(together(found, holders), ([present, takenKeys]) => ({ rows: present, takenKeys }));
}

function sameKeys(
  table: MovedTable,
  rows: readonly MovedRow[],
  workspaceId: string,
): Request<readonly MovedRow[]> {
  const column = table.key.at(-1) ?? 'id';
  const isNumbered = column === 'seq';
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += 100) {
    const values = rows.slice(start, start + 100).map((row) => row[column] ?? null);
    const where = `${isNumbered ? 'workspace_id = ? AND ' : ''}${column} IN (${placeholdersFor(values)})`;
    statements.push({
      sql: `SELECT ${columnNames(table)} FROM ${table.name} WHERE ${where}`,
      params: isNumbered ? [workspaceId, ...values] : values,
    });
  }
  return {
    statements,
    read: (results) =>
      results.flatMap(({ rows: found }) => found.map((row) => toMovedRow(table, row))),
  };
}

/** Asks for all rows in the part of the order that a page covers: those it lacks were taken away. */
function rangeRequest(
  { table, rows, after, isLast }: Page,
  workspaceId: string,
): Request<readonly MovedRow[]> {
  const last = rows.at(-1);
  const [column = ''] = table.key;
  // Of both sides of a join, as Dolt else goes over all tasks for each page.
  const names = table.belongsTo === 'task' ? [`r.${column}`, 't.id'] : [`r.${column}`];
  const conditions = names.flatMap((name) => [
    ...(after === undefined ? [] : [{ sql: `${name} >= ?`, params: after.slice(0, 1) }]),
    ...(isLast || last === undefined
      ? []
      : [{ sql: `${name} <= ?`, params: [last[column] ?? null] }]),
  ]);
  const ofWorkspace =
    table.belongsTo === 'workspace'
      ? 'r WHERE r.workspace_id = ?'
      : 'r JOIN tasks t ON t.id = r.task_id WHERE t.workspace_id = ?';
  const end = last === undefined ? undefined : keyOf(table, last);
  return query(
    `SELECT ${columnNames(table, 'r')} FROM ${table.name} ${ofWorkspace}
     ${conditions.map(({ sql }) => `AND ${sql}`).join(' ')}`,
    [workspaceId, ...conditions.flatMap(({ params }) => params)],
    (found) =>
      found
        .map((row) => toMovedRow(table, row))
        .filter((row) => {
          const key = keyOf(table, row);
          const isBefore = after !== undefined && compareKeys(key, after) <= 0;
          const isBehind = !isLast && end !== undefined && compareKeys(key, end) > 0;
          return !isBefore && !isBehind;
        }),
  );
}

/** Compares keys in the order of every engine: numbers by value, texts by their bytes. */
export function compareKeys(one: readonly SqlValue[], other: readonly SqlValue[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? null;
    if (value === against) continue;
    if (typeof value === 'number' && typeof against === 'number') return value - against;
    return Buffer.compare(Buffer.from(String(value)), Buffer.from(String(against)));
  }
  return 0;
}

export function insertPage(
  table: MovedTable,
  rows: readonly MovedRow[],
): readonly WriteStatement[] {
  const stored = rows.map((row) => toStoredRow(table, row));
  return stored.length === 0 ? [] : insertRows(table.name, stored);
}

/** Gives a row the values of another one with the same key. */
export function overwriteRow(table: MovedTable, row: MovedRow): WriteStatement {
  const stored = toStoredRow(table, row);
  const identity = identityOf(table);
  const values = Object.fromEntries(
    Object.entries(stored).filter(([name]) => !identity.includes(name)),
  );
  const { sets, params } = assignments(values);
  return {
    sql: `UPDATE ${table.name} SET ${sets} WHERE ${identity.map((name) => `${name} = ?`).join(' AND ')}`,
    params: [...params, ...identity.map((name) => stored[name] ?? null)],
    mustFind: 1,
    written: table.name,
  };
}

export function deleteRow(table: MovedTable, row: MovedRow): WriteStatement {
  const identity = identityOf(table);
  return {
    sql: `DELETE FROM ${table.name} WHERE ${identity.map((name) => `${name} = ?`).join(' AND ')}`,
    params: identity.map((name) => row[name] ?? null),
    mustFind: 1,
    written: table.name,
  };
}

/** The columns that tell a row from all others of its table. */
function identityOf(table: MovedTable): readonly string[] {
  return table.name === 'task_events' ? ['workspace_id', 'seq'] : table.key;
}
