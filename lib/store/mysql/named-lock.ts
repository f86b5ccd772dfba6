import type { QueueWait } from '../../model/waiting.ts';
import type { Statement, StatementResult } from '../contract.ts';
import type { Session } from './session.ts';

// One a database. Names end at 64 characters on MySQL, as database names do, so a hash of it.
const name = "CONCAT('docket.', SHA1(DATABASE()))";

/**
 * The database's named lock. Servers free it when its holder's connection ends. It is a queue and
 * never what correctness rests on: on Galera it holds for one node, on Dolt a sleeping holder keeps
 * it for as long as it sleeps.
 */
export const releaseLock: Statement = { sql: `SELECT RELEASE_LOCK(${name})` };

/** Waits for the lock, and says who had it before and after. */
export function takeLock(seconds: number): Statement {
  return {
    sql: `SELECT IS_USED_LOCK(${name}) AS former, GET_LOCK(${name}, ${seconds}) AS held,
       IS_USED_LOCK(${name}) AS holder`,
  };
}

export interface LockAnswer {
  readonly isHeld: boolean;
  /** One holder kept the lock for the whole time: it sleeps, and nobody gains by waiting for it. */
  readonly isStuck: boolean;
  readonly holder: unknown;
}

export function readLockAnswer(answer: StatementResult | undefined): LockAnswer {
  const { former, held, holder } = answer?.rows[0] ?? {};
  const isHeld = Number(held) === 1;
  return { isHeld, isStuck: !isHeld && former === holder, holder };
}

/** How long the server may be silent while somebody waits for the lock. */
export function lockSilenceLimit(seconds: number): number {
  return (seconds + 10) * 1000;
}

/** Waits for the lock while the queue moves. False when it was not to be had. */
export async function waitForLock(
  session: Session,
  { seconds, rounds }: QueueWait,
): Promise<boolean> {
  for (let round = 0; round < rounds; round += 1) {
    const silenceLimit = lockSilenceLimit(seconds);
    const [answer] = await session.send([takeLock(seconds)], { silenceLimit });
    const { isHeld, isStuck } = readLockAnswer(answer);
    if (isHeld || isStuck) return isHeld;
  }
  return false;
}
