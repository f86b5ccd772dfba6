import type { Db, Row } from './contract.ts';

const chunk = 500;

/**
 * Runs a query with an IN list in chunks, so that no engine's limit on parameters is met. Order
 * holds within a chunk only.
 */
export async function queryIn(
  db: Db,
  ids: readonly string[],
  sql: (list: string) => string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < ids.length; start += chunk) {
    const part = ids.slice(start, start + chunk);
    rows.push(...(await db.query(sql(part.map(() => '?').join(', ')), part)));
  }
  return rows;
}
