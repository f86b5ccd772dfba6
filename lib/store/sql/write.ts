import type { Db, Dialect, SqlValue, Statement } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { chunks } from './in-list.ts';
import { type Now, now } from './now.ts';

/** A statement that writes, to be run now or sent together with others. */
export interface WriteStatement extends Statement {
  /** Number of rows that it must find; any other means that another writer was faster. */
  readonly mustFind?: number;
  /** What it writes, as the error says it: `task 0199…`. */
  readonly written?: string;
}

/** Values to write, by column. */
export type Values = Readonly<Record<string, SqlValue | Now>>;

/**
 * Sends statements in one flight; how many rows each of them found.
 *
 * @throws StoreError `conflict` when a row was not found that must be there
 */
export async function runWrites(
  db: Db,
  statements: readonly WriteStatement[],
): Promise<readonly number[]> {
  if (statements.length === 0) return [];
  const results = await db.batch(statements);
  return statements.map((statement, index) => {
    const found = results[index]?.found ?? 0;
    requireFound(statement, found);
    return found;
  });
}

/** @throws StoreError `conflict` when a statement did not find the rows that it must find */
export function requireFound({ mustFind, written = 'a row' }: WriteStatement, found: number): void {
  if (mustFind === undefined || mustFind === found) return;
  throw new StoreError('conflict', `${written} was changed meanwhile`);
}

// A server refuses a packet that is too large: MariaDB from 16 MB, unless it is set up otherwise.
const longest = 1_000_000;

/** Inserts one row. */
export function insertRow(dialect: Dialect, table: string, row: Values): WriteStatement {
  return insertStatement(dialect, table, [row]);
}

/**
 * Inserts rows of the same columns, as many by one statement as a server takes well: at most a
 * hundred, and about a million characters.
 */
export function insertRows(
  dialect: Dialect,
  table: string,
  rows: readonly Values[],
): readonly WriteStatement[] {
  return chunks(rows, { longest, lengthOf }).map((part) => insertStatement(dialect, table, part));
}

function insertStatement(dialect: Dialect, table: string, rows: readonly Values[]): WriteStatement {
  const columns = Object.keys(rows[0] ?? {});
  const written = rows.map((row) => columns.map((column) => row[column] ?? null));
  const lists = written.map(
    (values) => `(${values.map((value) => expressionFor(dialect, value)).join(', ')})`,
  );
  return {
    sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${lists.join(', ')}`,
    params: written.flat().filter(isParameter),
  };
}

/** What stands after SET, and its parameters. */
export function assignments(
  dialect: Dialect,
  values: Values,
): { readonly sets: string; readonly params: readonly SqlValue[] } {
  const entries = Object.entries(values);
  return {
    sets: entries
      .map(([column, value]) => `${column} = ${expressionFor(dialect, value)}`)
      .join(', '),
    params: entries.map(([, value]) => value).filter(isParameter),
  };
}

function expressionFor(dialect: Dialect, value: SqlValue | Now): string {
  return value === now ? dialect.now : '?';
}

function isParameter(value: SqlValue | Now): value is SqlValue {
  return value !== now;
}

function lengthOf(row: Values): number {
  return Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  );
}
