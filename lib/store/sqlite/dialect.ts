import type { Dialect } from '../contract.ts';

/** SQLite's expressions. */
export const sqliteDialect: Dialect = {
  now: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
  ago: (seconds) => `strftime('%Y-%m-%d %H:%M:%f', 'now', '-${seconds} seconds')`,
  // julianday is a number of days: of its digits some are left for milliseconds, barely.
  millisecondsBetween: (from, to) =>
    `CAST(ROUND((julianday(${to}) - julianday(${from})) * 86400000) AS INTEGER)`,
  along: (index) => `INDEXED BY ${index}`,
  upsert: (key, assignments) => `ON CONFLICT (${key}) DO UPDATE SET ${assignments}`,
  inserted: (column) => `excluded.${column}`,
};
