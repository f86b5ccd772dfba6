import { writerQueue } from '../../model/waiting.ts';
import type { Db, Statement, Transaction } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { createDb } from './db.ts';
import type { ServerTraits } from './dialect.ts';
import { releaseAllLocks } from './named-lock.ts';
import type { Session } from './session.ts';
import { unsettled } from './unsettled.ts';
import type { ServerResult } from './wire/connection.ts';
import { wasEndedBefore } from './wire/errors.ts';
import type { WriterQueue } from './writer-queue.ts';

type Results = readonly ServerResult[];

/**
 * TiDB alone reads the comment. A writer that has waited there for another one's row goes on to read
 * what was before it, and may save what follows from that; so its COMMIT has to find the conflict.
 */
const start: Statement = { sql: 'BEGIN /*T! OPTIMISTIC */' };
const rollback: Statement = { sql: 'ROLLBACK' };

/** Runs reads on one snapshot, which the session's isolation level gives. */
export async function readInTransaction<T>(
  session: Session,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const transaction = beginLate(session, async (first) => {
    const begin = session.beginReading();
    return (await session.send([...begin, ...first])).slice(begin.length);
  });
  try {
    return await work(createDb(transaction.send));
  } finally {
    if (transaction.end()) session.leave([rollback]);
  }
}

export interface WriteOptions {
  readonly traits: ServerTraits;
  /** Where writers queue; undefined where rows are locked, or the caller holds the lock. */
  readonly queue?: WriterQueue | undefined;
}

/** Runs `work` in a transaction and commits; rolls back when it throws or abandons. */
export async function writeInTransaction<T>(
  session: Session,
  { traits, queue }: WriteOptions,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  let message = 'docket';
  let isAbandoned = false;
  const transaction = beginLate(session, async (first) => {
    if (queue === undefined) return (await session.send([start, ...first])).slice(1);
    return await queue.begin(session, first);
  });
  const leave = (): void =>
    session.leave(queue === undefined ? [rollback] : [rollback, releaseAllLocks]);
  try {
    const result = await work({
      ...createDb(transaction.send),
      describe: (text) => {
        message = text;
      },
      abandon: () => {
        isAbandoned = true;
      },
    });
    if (!isAbandoned) transaction.requireWhole();
    if (!transaction.end()) return result;
    if (isAbandoned) leave();
    else await commit(session, commitStatements(traits, message), queue);
    return result;
  } catch (error) {
    // A connection that is gone has been rolled back by the server.
    if (transaction.end()) leave();
    throw error;
  }
}

/**
 * A transaction that begins with its first statements, in their flight: `begin` sends both and gives
 * the results of the first statements.
 */
function beginLate(session: Session, begin: (first: readonly Statement[]) => Promise<Results>) {
  let begun: Promise<unknown> | undefined;
  let failure: { readonly error: unknown } | undefined;
  let isOver = false;

  function requireWhole(): void {
    if (failure !== undefined) throw failure.error;
  }

  async function send(statements: readonly Statement[]): Promise<Results> {
    if (isOver) throw new StoreError('failed', 'the transaction is over');
    requireWhole();
    try {
      if (begun !== undefined) {
        await begun;
        requireWhole();
        return await session.send(statements);
      }
      const first = begin(statements);
      begun = first.catch(() => {});
      return await first;
    } catch (error) {
      if (!session.isOpen) failure ??= { error };
      throw error;
    }
  }

  return {
    send,
    /** @throws what the transaction lost its connection by, also when `work` has caught it. */
    requireWhole,
    /** Lets nothing more in; says whether anything was begun. */
    end: (): boolean => {
      isOver = true;
      return begun !== undefined;
    },
  };
}

/** Through CONCAT, as Dolt refuses a hexadecimal literal as the value of a variable. */
function commitStatements({ hasHistory }: ServerTraits, message: string): readonly Statement[] {
  const name = {
    sql: `SET @@session.dolt_transaction_commit = 1,
      @@session.dolt_transaction_commit_message = CONCAT(?, '')`,
    params: [message],
  };
  return [...(hasHistory ? [name] : []), { sql: 'COMMIT' }];
}

/** Commits in a flight of its own: a server may go on after an error, and must not commit then. */
async function commit(
  session: Session,
  statements: readonly Statement[],
  queue: WriterQueue | undefined,
): Promise<void> {
  // A server ends who was silent for too long, as a process on a starved machine can be.
  await session.hear();
  if (!session.isOpen) {
    throw new StoreError('unreachable', 'lost the database', { isConnectionLost: true });
  }
  try {
    if (queue === undefined) await session.send(statements);
    else {
      const { silenceLimit } = writerQueue;
      await session.send([...statements, releaseAllLocks], { silenceLimit });
    }
  } catch (error) {
    const isOpenQuestion =
      error instanceof StoreError && (error.code === 'unreachable' || error.code === 'failed');
    if (!isOpenQuestion || wasEndedBefore(error.cause)) throw error;
    throw unsettled(error);
  }
}
