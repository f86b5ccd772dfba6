import type { Db, Statement } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { mysqlDialect } from './dialect.ts';
import type { ServerResult } from './wire/connection.ts';

/** The contract's `Db` over whatever sends statements and gives a result for each. */
export function createDb(
  send: (statements: readonly Statement[]) => Promise<readonly ServerResult[]>,
): Db {
  return {
    dialect: mysqlDialect,
    batch: async (statements) => (statements.length === 0 ? [] : send(statements)),
    query: async (sql, params = []) => {
      const [result] = await send([{ sql, params }]);
      if (result?.hasRows) return result.rows;
      throw new StoreError('unreachable', 'what answers there is no MySQL server');
    },
    run: async (sql, params = []) => (await send([{ sql, params }]))[0]?.found ?? 0,
  };
}
