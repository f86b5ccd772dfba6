import { silenceLimit as usualSilenceLimit } from '../../model/waiting.ts';
import type { Statement, StatementResult } from '../contract.ts';
import type { Session } from './session.ts';

/**
 * The name of a database's lock, as a literal. Names end at 64 characters on MySQL, as database names
 * do, so it holds a hash. It is made here, because MySQL 9 has no SHA1(); an older docket had the
 * server make the same name, so that both queue for one lock.
 */
export function lockName(database: string): string {
  // Loaded when it is needed: node:crypto takes 3 ms, and most processes take no lock.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return `'docket.${createHash('sha1').update(database).digest('hex')}'`;
}

/**
 * Frees the database's named lock. Servers free it when its holder's connection ends. It is a queue and
 * never what correctness rests on: on Galera it holds for one node, on Dolt a sleeping holder keeps
 * it for as long as it sleeps.
 */
export function releaseLock(database: string): Statement {
  return { sql: `SELECT RELEASE_LOCK(${lockName(database)})` };
}

/** Frees whatever locks the connection has. */
export const releaseAllLocks: Statement = { sql: 'SELECT RELEASE_ALL_LOCKS()' };

/** Takes a lock by an expression that is 1 when it has it, and says who had it before and after. */
export function takingLock(name: string, expression: string): string {
  return `SELECT IS_USED_LOCK(${name}) AS former, ${expression} AS held,
    IS_USED_LOCK(${name}) AS holder`;
}

export interface LockAnswer {
  readonly isHeld: boolean;
  /** The lock is held, or its holder sleeps and this is the first in the row that waits for it. */
  readonly isTurn: boolean;
}

export function readLockAnswer(answer: StatementResult | undefined): LockAnswer {
  const { former = null, held, holder = null, first } = answer?.rows[0] ?? {};
  const isHeld = Number(held) === 1;
  // One holder kept it for the whole time: it sleeps, and nobody gains by waiting for it.
  const isStuck = holder !== null && former === holder;
  return { isHeld, isTurn: isHeld || (isStuck && Number(first) === 1) };
}

/** Waits for the database's lock. False when it was not to be had. */
export async function waitForLock(
  session: Pick<Session, 'send'>,
  database: string,
  seconds: number,
): Promise<boolean> {
  const take = { sql: `SELECT GET_LOCK(${lockName(database)}, ${seconds})` };
  const silenceLimit = usualSilenceLimit + seconds * 1000;
  const [answer] = await session.send([take], { silenceLimit });
  // By its place: Vitess answers locks itself, and calls the column as it likes.
  return Number(Object.values(answer?.rows[0] ?? {})[0]) === 1;
}
