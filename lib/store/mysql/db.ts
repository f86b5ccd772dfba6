import type { Db, Statement, StatementResult } from '../contract.ts';
import { mysqlDialect } from './dialect.ts';

/** The contract's `Db` over whatever sends statements and gives a result for each. */
export function createDb(
  send: (statements: readonly Statement[]) => Promise<readonly StatementResult[]>,
): Db {
  return {
    dialect: mysqlDialect,
    batch: async (statements) => (statements.length === 0 ? [] : send(statements)),
    query: async (sql, params = []) => (await send([{ sql, params }]))[0]?.rows ?? [],
    run: async (sql, params = []) => (await send([{ sql, params }]))[0]?.found ?? 0,
  };
}
