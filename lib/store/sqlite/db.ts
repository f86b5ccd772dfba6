import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Db, Row, Statement, StatementResult } from '../contract.ts';
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
      ? { rows: statement.all(...params) as Row[], found: 0 }
      : { rows: [], found: Number(statement.run(...params).changes) };
  }

  return {
    dialect: sqliteDialect,
    batch: async (statements) => translated(() => statements.map(runOne)),
    query: async (sql, params = []) => translated(() => runOne({ sql, params }).rows),
    run: async (sql, params = []) => translated(() => runOne({ sql, params }).found),
  };
}
