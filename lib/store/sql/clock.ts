import type { Db, Dialect } from '../contract.ts';
import { time } from './columns.ts';
import { ask, query, type Request } from './request.ts';

/**
 * Asks for the database's clock, ISO 8601 in UTC: ages are counted against it, never against this
 * host's.
 */
export function clock({ now }: Dialect): Request<string> {
  return query(`SELECT ${now} AS clock`, [], ([row]) => time(row ?? {}, 'clock'));
}

/** Reads the database's clock. */
export function readClock(db: Db): Promise<string> {
  return ask(db, clock(db.dialect));
}
