import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Db, Row, SqlValue, Statement, StatementResult } from '../contract.ts';
import { sqliteDialect } from './dialect.ts';
import { translated } from './transaction.ts';

/**
 * So many statements stay prepared: docket has some 150 texts. To prepare one takes as long as to
 * run it, and a writer holds the file's only lock meanwhile.
 */
const mostPrepared = 300;

interface Prepared {
  readonly statement: StatementSync;
  readonly isQuery: boolean;
}

/** By its text, as `StatementSync.columns` came with Node 22.16, and docket works from 22.13. */
const givesRows = /^\s*(SELECT|WITH|EXPLAIN|PRAGMA)\b/i;

function readRows(statement: StatementSync, params: readonly SqlValue[]): Row[] {
  try {
    return statement.all(...params) as Row[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_OUT_OF_RANGE') throw error;
    return readClamped(statement, params);
  }
}

/** Reads rows in which a number is none of JavaScript's: it becomes the nearest that is exact. */
function readClamped(statement: StatementSync, params: readonly SqlValue[]): Row[] {
  statement.setReadBigInts(true);
  try {
    return statement.all(...params).map((row) => {
      const values = Object.entries(row).map(([name, value]) => [name, clamped(value)]);
      return Object.fromEntries(values) as Row;
    });
  } finally {
    statement.setReadBigInts(false);
  }
}

function clamped(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const most = Number.MAX_SAFE_INTEGER;
  return Math.max(-most, Math.min(most, Number(value)));
}

/** The contract's `Db` over one SQLite connection. */
export function createDb(connection: DatabaseSync): Db {
  const known = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    const found = known.get(sql);
    if (found !== undefined) return found;
    const statement = connection.prepare(sql);
    const prepared = { statement, isQuery: givesRows.test(sql) };
    if (known.size >= mostPrepared) known.clear();
    known.set(sql, prepared);
    return prepared;
  }

  function runOne({ sql, params = [] }: Statement): StatementResult {
    const { statement, isQuery } = prepare(sql);
    return isQuery
      ? { rows: readRows(statement, params), found: 0 }
      : { rows: [], found: Number(statement.run(...params).changes) };
  }

  return {
    dialect: sqliteDialect,
    batch: async (statements) => translated(() => statements.map(runOne)),
    query: async (sql, params = []) => translated(() => runOne({ sql, params }).rows),
    run: async (sql, params = []) => translated(() => runOne({ sql, params }).found),
  };
}
