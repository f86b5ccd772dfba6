import type { Db, Dialect, StatementResult } from '../contract.ts';
import type { MysqlConnection } from './wire/connection.ts';

// The cast, because Dolt's UTC_TIMESTAMP(3) has six digits.
const dialect: Dialect = {
  now: 'CAST(UTC_TIMESTAMP(3) AS DATETIME(3))',
  millisecondsBetween: (from, to) => `(TIMESTAMPDIFF(MICROSECOND, ${from}, ${to}) DIV 1000)`,
  along: (index) => `FORCE INDEX (${index})`,
};

export function createDb(connection: () => Promise<MysqlConnection>): Db {
  return {
    dialect,
    batch: async (statements) => {
      const results: StatementResult[] = [];
      const live = await connection();
      for (const { sql, params } of statements) {
        results.push(
          /^\s*(SELECT|WITH)\b/i.test(sql)
            ? { rows: await live.query(sql, params), found: 0 }
            : { rows: [], found: await live.run(sql, params) },
        );
      }
      return results;
    },
    query: async (sql, params) => (await connection()).query(sql, params),
    run: async (sql, params) => (await connection()).run(sql, params),
  };
}
