import { writerQueue } from '../../model/waiting.ts';
import type { Statement } from '../contract.ts';
import { lockName, readLockAnswer, releaseAllLocks, takingLock } from './named-lock.ts';
import type { Session } from './session.ts';
import type { ServerResult } from './wire/connection.ts';

/**
 * How writers come one after another on an engine that locks no rows (Dolt): who holds the database's
 * named lock writes. It is a queue and never what correctness rests on.
 *
 * Dolt gives a lock that is freed to any of those who wait for it, so that the unluckiest of 64
 * writers waited seven times as long as the others (measured). So the lock has a row of places
 * before it, each of them a named lock that one writer holds while it waits for the next: they
 * cannot overtake each other. All of it is one expression, so it takes no flight of its own, and a
 * writer that dies leaves its place, as servers free the locks of a connection that ends. An older
 * docket waits for the lock itself, as it always did.
 *
 * Only the first in the row goes on without the lock when its holder sleeps, and it keeps the first
 * place meanwhile. If all went on at once, their commits would refuse each other: 90 writers lost
 * 150 of 180 changes after a server had stood still for 4 s (measured).
 */
export interface WriterQueue {
  /** Begins a transaction in its turn, with its first statements in the same flight. */
  begin(session: Session, first: readonly Statement[]): Promise<readonly ServerResult[]>;
}

const start: Statement = { sql: 'START TRANSACTION' };
const rollback: Statement = { sql: 'ROLLBACK' };
const { silenceLimit } = writerQueue;

export function createWriterQueue(database: string): WriterQueue {
  let made: Statement | undefined;

  return {
    async begin(session, first) {
      made ??= takeTurn(database);
      const turn = made;
      // START TRANSACTION takes the snapshot, so the lock comes before it.
      const [answer, , ...results] = await session.send([turn, start, ...first], { silenceLimit });
      if (readLockAnswer(answer).isTurn) return results;
      // Another may write meanwhile, so that what was read here may be old.
      session.leave([rollback]);
      for (let round = 1; round < writerQueue.rounds; round += 1) {
        // Whoever stood first and saw others overtake must not keep its place while it queues again.
        const [, again] = await session.send([releaseAllLocks, turn], { silenceLimit });
        if (readLockAnswer(again).isTurn) break;
      }
      return (await session.send([start, ...first], { silenceLimit })).slice(1);
    },
  };
}

/** Goes from place to place to the lock; gives up where nothing has moved for some seconds. */
function takeTurn(database: string): Statement {
  const { places, seconds } = writerQueue;
  const lock = lockName(database);
  const steps = [`GET_LOCK(?, ${seconds})`];
  const params = [nameOf(database, places)];
  for (let place = places - 1; place >= 0; place -= 1) {
    const name = place === 0 ? lock : '?';
    steps.push(`GET_LOCK(${name}, ${seconds})`, 'RELEASE_LOCK(?)');
    if (place > 0) params.push(nameOf(database, place));
    params.push(nameOf(database, place + 1));
  }
  const firstPlace = nameOf(database, 1);
  const isMine = (name: string): string => `IS_USED_LOCK(${name}) = CONNECTION_ID()`;
  // Whoever is not the first leaves its place at once: a client that sleeps must not stand in it.
  return {
    sql: `${takingLock(lock, steps.join(' AND '))}, ${isMine('?')} AS first,
      IF(${isMine(lock)} OR ${isMine('?')}, 0, RELEASE_ALL_LOCKS()) AS freed`,
    params: [...params, firstPlace, firstPlace],
  };
}

/** Names of locks are the server's, so they say which database; they end at 64 characters. */
function nameOf(database: string, place: number): string {
  return `docket.${database.slice(0, 40)}.${place}`;
}
