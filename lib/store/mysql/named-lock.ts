import { silenceLimit as usualSilenceLimit } from '../../model/waiting.ts';
import type { Statement, StatementResult } from '../contract.ts';
import type { Session } from './session.ts';

// One a database. Names end at 64 characters on MySQL, as database names do, so a hash of it.
export const lockName = "CONCAT('docket.', SHA1(DATABASE()))";

/**
 * Frees the database's named lock. Servers free it when its holder's connection ends. It is a queue and
 * never what correctness rests on: on Galera it holds for one node, on Dolt a sleeping holder keeps
 * it for as long as it sleeps.
 */
export const releaseLock: Statement = { sql: `SELECT RELEASE_LOCK(${lockName})` };

/** Frees whatever locks the connection has. */
export const releaseAllLocks: Statement = { sql: 'SELECT RELEASE_ALL_LOCKS()' };

/** Takes the lock by an expression that is 1 when it has it, and says who had it before and after. */
export function takingLock(expression: string): string {
  return `SELECT IS_USED_LOCK(${lockName}) AS former, ${expression} AS held,
    IS_USED_LOCK(${lockName}) AS holder`;
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

/** Waits for the lock. False when it was not to be had. */
export async function waitForLock(session: Session, seconds: number): Promise<boolean> {
  const take = { sql: takingLock(`GET_LOCK(${lockName}, ${seconds})`) };
  const silenceLimit = usualSilenceLimit + seconds * 1000;
  const [answer] = await session.send([take], { silenceLimit });
  return readLockAnswer(answer).isHeld;
}
