import { writerQueue } from '../../model/waiting.ts';
import type { SqlValue, Statement, StatementResult } from '../contract.ts';
import { lockSilenceLimit, readLockAnswer, takeLock, usedLock } from './named-lock.ts';
import type { Session } from './session.ts';

/**
 * How writers come one after another on an engine that locks no rows (Dolt): who holds the database's
 * named lock writes. It is a queue and never what correctness rests on.
 *
 * Dolt gives a lock that is freed to any of those who wait for it, so that of 64 writers the unluckiest
 * waited 11 s where a queue takes 3 (measured). So who finds others waiting lines up: there is one
 * more lock for each half second of arrival, whoever has his half second's waits until no earlier
 * one is held, and then for the lock itself. Clocks that differ cost fairness and nothing else, and
 * an older docket waits for the lock itself, as it always did.
 */
export interface WriterQueue {
  /** Begins a transaction in its turn, with its first statements in the same flight. */
  begin(session: Session, first: readonly Statement[]): Promise<Begun>;
}

export interface Begun {
  /** False when the lock was not to be had: its holder sleeps, and is not waited for. */
  readonly isHeld: boolean;
  readonly results: readonly StatementResult[];
}

const { arrival, lookBack, tryFor, waitFor, rounds, poll, polls } = writerQueue;

export function createWriterQueue(database: string): WriterQueue {
  // A writer that met others last time lines up at once; else it costs no flight of its own.
  let isBusy = false;

  return {
    begin: async (session, first) => {
      if (!isBusy) {
        const begun = await tryToBegin(session, first, { seconds: tryFor });
        if (begun.isHeld) return begun;
        session.leave([rollback]);
      }
      for (let round = 1; ; round += 1) {
        const turn = await lineUp(session, database);
        isBusy = turn.hasWaited;
        const begun = await tryToBegin(session, first, { seconds: waitFor, turn });
        if (begun.isHeld || begun.isStuck || round === rounds) return begun;
        // What it has read is of a state that another one is changing.
        session.leave([rollback]);
      }
    },
  };
}

const start: Statement = { sql: 'START TRANSACTION' };
const rollback: Statement = { sql: 'ROLLBACK' };

/** The lock comes before START TRANSACTION, which takes the snapshot. */
async function tryToBegin(
  session: Session,
  first: readonly Statement[],
  { seconds, turn }: { readonly seconds: number; readonly turn?: Turn },
): Promise<Begun & { readonly isStuck: boolean }> {
  const after = turn === undefined ? [] : [turn.giveUp];
  const ahead = [takeLock(seconds), ...after, start];
  const results = await session.send([...ahead, ...first], {
    silenceLimit: lockSilenceLimit(seconds),
  });
  const { isHeld, isStuck } = readLockAnswer(results[0]);
  return { isHeld, isStuck, results: results.slice(ahead.length) };
}

interface Turn {
  /** Lets the next one of the same half second come. */
  readonly giveUp: Statement;
  readonly hasWaited: boolean;
}

/** Waits until nobody who came earlier waits, or until the lock's holder is found to sleep. */
async function lineUp(session: Session, database: string): Promise<Turn> {
  const now = Math.floor(Date.now() / arrival);
  const own = nameOf(database, now);
  const earlier = Array.from({ length: lookBack }, (_, index) => nameOf(database, now - 1 - index));
  const giveUp = { sql: 'SELECT RELEASE_LOCK(?)', params: [own] };
  let [seen] = await session.send([standIn(own, earlier)], {
    silenceLimit: lockSilenceLimit(waitFor),
  });
  let holder = seen?.rows[0]?.holder;
  let hasWaited = seen?.rows[0]?.former !== null;
  for (let same = 0; Number(seen?.rows[0]?.is_next) !== 1 && same < waitFor * 1000; ) {
    hasWaited = true;
    [seen] = await session.send([waitForEarlier(earlier)]);
    const next = seen?.rows[0]?.holder;
    same = next === holder ? same + poll * polls : 0;
    holder = next;
  }
  return { giveUp, hasWaited };
}

function standIn(own: string, earlier: readonly string[]): Statement {
  return {
    sql: `SELECT ${usedLock} AS former, GET_LOCK(?, ${waitFor}) AS has_place,
      ${areFree(earlier)} AS is_next, ${usedLock} AS holder`,
    params: [own, ...earlier],
  };
}

/** Looks several times in one flight: each term is evaluated when those before it were false. */
function waitForEarlier(earlier: readonly string[]): Statement {
  const look = `(${areFree(earlier)})`;
  const looks = Array.from({ length: polls }, () => look).join(` OR SLEEP(${poll / 1000}) OR `);
  const params: readonly SqlValue[] = Array.from({ length: polls }, () => earlier).flat();
  return { sql: `SELECT (${looks}) AS is_next, ${usedLock} AS holder`, params };
}

function areFree(names: readonly string[]): string {
  return names.map(() => 'IS_FREE_LOCK(?)').join(' AND ');
}

/** Names of locks are the server's, so they say which database; they end at 64 characters. */
function nameOf(database: string, arrivalNumber: number): string {
  return `docket.${database.slice(0, 40)}.${arrivalNumber}`;
}
