import type { Db } from '../contract.ts';
import { time } from './columns.ts';

/** The database's clock, ISO 8601 in UTC: ages are counted against it, never against this host's. */
export async function readClock(db: Db): Promise<string> {
  const [row] = await db.query(`SELECT ${db.dialect.now} AS clock`);
  return time(row ?? {}, 'clock');
}
