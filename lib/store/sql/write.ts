import type { Db, Row, SqlValue, Statement, StatementResult } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { chunks } from './in-list.ts';

/** A statement that writes, to be run now or sent together with others. */
export interface WriteStatement extends Statement {
  /** The number of rows that it must find; any other means that another writer was faster. */
  readonly mustFind?: number;
  /** The name of the row that it writes, for the error: `task 0199…`. */
  readonly written?: string;
}

/**
 * Sends statements in one flight.
 *
 * @returns the number of rows that each of them found.
 *
 * @throws StoreError `conflict` when a row was not found that must be there
 */
export async function runWrites(
  db: Db,
  statements: readonly WriteStatement[],
): Promise<readonly number[]> {
  if (statements.length === 0) return [];
  const results = await db.batch(statements);
  requireFound(statements, results);
  return results.map(({ found }) => found);
}

/**
 * Checks the rows that statements sent together have found.
 *
 * @throws StoreError `conflict` when one did not find the rows that it must find: another writer
 * was faster, and the transaction is run again.
 */
export function requireFound(
  statements: readonly WriteStatement[],
  results: readonly StatementResult[],
): void {
  for (const [index, { mustFind, written = 'a row' }] of statements.entries()) {
    if (mustFind === undefined || mustFind === results[index]?.found) continue;
    throw new StoreError('conflict', `${written} was changed meanwhile`);
  }
}

/**
 * A server refuses a packet that is too large: the smallest default is 4 MB (MySQL 5.7), and some
 * are set to 1 MB. Text that is not plain is sent as hexadecimal, two characters a byte.
 */
const longest = 700_000;

/** Inserts one row. */
export function insertRow(table: string, row: Row): WriteStatement {
  const [statement] = insertRows(table, [row]);
  if (statement === undefined) throw new StoreError('failed', 'there is no row to insert');
  return statement;
}

/**
 * Inserts rows of the same columns, as many by one statement as a server takes well: at most a
 * hundred, and below a megabyte.
 */
export function insertRows(table: string, rows: readonly Row[]): readonly WriteStatement[] {
  const columns = Object.keys(rows[0] ?? {});
  const list = `(${columns.map(() => '?').join(', ')})`;
  return chunks(rows, { longest, lengthOf }).map((part) => ({
    sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${part.map(() => list).join(', ')}`,
    params: part.flatMap((row) => columns.map((column) => row[column] ?? null)),
    mustFind: part.length,
    written: table,
  }));
}

/** Gives the assignments after SET, and their parameters. */
export function assignments(values: Row): {
  readonly sets: string;
  readonly params: readonly SqlValue[];
} {
  const sets = Object.keys(values).map((column) => `${column} = ?`);
  return { sets: sets.join(', '), params: Object.values(values) };
}

function lengthOf(row: Row): number {
  return Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) * 2 : 0),
    0,
  );
}
