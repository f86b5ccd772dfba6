import type { Db, Dialect } from '../contract.ts';
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
    query: async (sql, params) => (await connection()).query(sql, params),
    run: async (sql, params) => (await connection()).run(sql, params),
  };
}
