import type { Db, Row, SqlValue } from '../contract.ts';
import { integer, text, time } from '../sql/columns.ts';
import { placeholdersFor } from '../sql/in-list.ts';
import type { MovedColumn, MovedTable } from './moved-tables.ts';

/** A row as it is moved: times are ISO 8601, so that no engine's own form matters. */
export type MovedRow = Readonly<Record<string, SqlValue>>;

/** Rows of one page: a description has 64 kB, and a context four times that. */
const pageSize = 200;

/** Tasks whose notes, links and so on are looked for together. */
const tasksTogether = 200;

/**
 * Reads the rows of one table of a workspace page by page, in the order of its key. Every page is
 * found along a primary key or an index, so that memory and time do not depend on those before it.
 */
export async function* readPages(
  db: Db,
  table: MovedTable,
  workspaceId: string,
): AsyncGenerator<readonly MovedRow[]> {
  if (table.belongsTo === 'workspace') {
    yield* pagesWhere(db, table, { sql: 'workspace_id = ?', params: [workspaceId] });
    return;
  }
  if ((await db.query(`SELECT 1 AS one FROM ${table.name} LIMIT 1`)).length === 0) return;
  for await (const ids of taskIds(db, workspaceId)) {
    const sql = `task_id IN (${placeholdersFor(ids)})`;
    yield* pagesWhere(db, table, { sql, params: ids });
  }
}

async function* taskIds(db: Db, workspaceId: string): AsyncGenerator<readonly string[]> {
  let after = '';
  for (;;) {
    const rows = await db.query(
      `SELECT id FROM tasks WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ${tasksTogether}`,
      [workspaceId, after],
    );
    const ids = rows.map((row) => text(row, 'id'));
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < tasksTogether) return;
    after = last;
  }
}

async function* pagesWhere(
  db: Db,
  table: MovedTable,
  where: { readonly sql: string; readonly params: readonly SqlValue[] },
): AsyncGenerator<readonly MovedRow[]> {
  let after: readonly SqlValue[] | undefined;
  for (;;) {
    const further = after === undefined ? undefined : isAfter(table.key, after);
    const rows = await db.query(
      `SELECT ${columnNames(table)} FROM ${table.name}
       WHERE ${where.sql}${further === undefined ? '' : ` AND ${further.sql}`}
       ORDER BY ${table.key.join(', ')} LIMIT ${pageSize}`,
      [...where.params, ...(further?.params ?? [])],
    );
    const page = rows.map((row) => toMovedRow(table, row));
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = keyOf(table, last);
  }
}

/** Makes the condition that a row's key comes after another one. */
function isAfter(
  [column = '', ...rest]: readonly string[],
  [value = null, ...values]: readonly SqlValue[],
): { readonly sql: string; readonly params: readonly SqlValue[] } {
  if (rest.length === 0) return { sql: `${column} > ?`, params: [value] };
  const further = isAfter(rest, values);
  return {
    sql: `(${column} > ? OR (${column} = ? AND ${further.sql}))`,
    params: [value, value, ...further.params],
  };
}

/** The columns of a table, as SELECT names them. */
export function columnNames({ columns }: MovedTable, from?: string): string {
  const prefix = from === undefined ? '' : `${from}.`;
  return columns.map(({ name }) => `${prefix}${name}`).join(', ');
}

export function keyOf({ key }: MovedTable, row: MovedRow): readonly SqlValue[] {
  return key.map((column) => row[column] ?? null);
}

/** Reads a row as an engine gives it. */
export function toMovedRow({ columns }: MovedTable, row: Row): MovedRow {
  const moved: Record<string, SqlValue> = {};
  for (const column of columns) moved[column.name] = readValue(column, row);
  return moved;
}

function readValue({ name, kind }: MovedColumn, row: Row): SqlValue {
  const value = row[name];
  if (value === null || value === undefined) return null;
  if (kind === 'integer') return integer(row, name);
  return kind === 'time' ? time(row, name) : text(row, name);
}

/** Gives a row as it is stored. */
export function toStoredRow({ columns }: MovedTable, row: MovedRow): Row {
  const stored: Record<string, SqlValue> = {};
  for (const { name, kind } of columns) {
    const value = row[name] ?? null;
    const isTime = kind === 'time' && typeof value === 'string';
    stored[name] = isTime ? value.slice(0, -1).replace('T', ' ') : value;
  }
  return stored;
}

/** Counts the rows of a table that belong to a workspace. */
export async function countRows(db: Db, table: MovedTable, workspaceId: string): Promise<number> {
  const from =
    table.belongsTo === 'workspace'
      ? `${table.name} WHERE workspace_id = ?`
      : `${table.name} r JOIN tasks t ON t.id = r.task_id WHERE t.workspace_id = ?`;
  const [row] = await db.query(`SELECT COUNT(*) AS count FROM ${from}`, [workspaceId]);
  return row === undefined ? 0 : integer(row, 'count');
}
