import type { Statement, StatementResult } from '../contract.ts';
import type { Session } from './session.ts';

// One a database. Names end at 64 characters on MySQL, as database names do, so a hash of it.
const name = "CONCAT('docket.', SHA1(DATABASE()))";

/**
 * Frees the database's named lock. Servers free it when its holder's connection ends. It is a queue and
 * never what correctness rests on: on Galera it holds for one node, on Dolt a sleeping holder keeps
 * it for as long as it sleeps.
 */
export const releaseLock: Statement = { sql: `SELECT RELEASE_LOCK(${name})` };

/** Who has the lock: a connection's number or null. */
export const usedLock = `IS_USED_LOCK(${name})`;

/** Waits for the lock, and says who had it before and after. */
export function takeLock(seconds: number): Statement {
  return {
    sql: `SELECT ${usedLock} AS former, GET_LOCK(${name}, ${seconds}) AS held, ${usedLock} AS holder`,
  };
}

export interface LockAnswer {
  readonly isHeld: boolean;
  /** One holder kept the lock for the whole time: it sleeps, and nobody gains by waiting for it. */
  readonly isStuck: boolean;
}

export function readLockAnswer(answer: StatementResult | undefined): LockAnswer {
  const { former, held, holder } = answer?.rows[0] ?? {};
  const isHeld = Number(held) === 1;
  return { isHeld, isStuck: !isHeld && former === holder };
}

/** How long the server may be silent while somebody waits for the lock. */
export function lockSilenceLimit(seconds: number): number {
  return (seconds + 10) * 1000;
}

/** Waits for the lock while the queue moves. False when it was not to be had. */
export async function waitForLock(
  session: Session,
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<boolean> {
  for (let round = 0; round < rounds; round += 1) {
    const silenceLimit = lockSilenceLimit(seconds);
    const [answer] = await session.send([takeLock(seconds)], { silenceLimit });
    const { isHeld, isStuck } = readLockAnswer(answer);
    if (isHeld || isStuck) return isHeld;
  }
  return false;
}
