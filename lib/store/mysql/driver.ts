import { lostConnections } from '../../model/waiting.ts';
import type { Statement, Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { isLostRace, retryBusy } from '../retry.ts';
import { isQuery } from '../sql/is-query.ts';
import { connectWhenFull, reconnect } from './connect.ts';
import { createDb } from './db.ts';
import { createSession, type Session } from './session.ts';
import { readInTransaction, writeInTransaction } from './transaction.ts';
import type { ServerResult } from './wire/connection.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';
import { createWriterQueue } from './writer-queue.ts';

/**
 * Opens a database behind the MySQL protocol: one connection, made again when a later call finds it
 * gone. A reader sends nothing but its statements.
 *
 * @throws StoreError
 */
export async function openMysql(target: MysqlTarget, options: MysqlOpenOptions): Promise<Store> {
  const { mode, mostValues, silenceLimit } = options;
  const queue = createWriterQueue(target.database);
  let session = createSession(await connectWhenFull(target, options), {
    ...{ mode, mostValues, silenceLimit },
  });
  let reopening: Promise<Session> | undefined;
  let isInTransaction = false;
  let isClosed = false;

  async function current(): Promise<Session> {
    if (isClosed) throw new StoreError('failed', 'the database was closed');
    if (isInTransaction) return session;
    await session.hear();
    if (session.isOpen) return session;
    reopening ??= reopen().finally(() => {
      reopening = undefined;
    });
    session = await reopening;
    return session;
  }

  async function reopen(): Promise<Session> {
    const connection = await reconnect(target);
    return createSession(connection, {
      mode,
      mostValues,
      silenceLimit,
      traits: session.knownTraits,
    });
  }

  // START TRANSACTION within a transaction would commit the outer one, and say nothing.
  async function alone<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const live = await current();
    if (isInTransaction) throw new StoreError('failed', 'a transaction is open already');
    isInTransaction = true;
    try {
      return await work(live);
    } finally {
      isInTransaction = false;
    }
  }

  return {
    db: createDb(async (statements) => sendAlone(await current(), statements)),
    read: (work) => retryLost(() => alone((live) => readInTransaction(live, work))),
    write: (work) =>
      retryLost(() =>
        alone(async (live) => {
          const traits = await live.traits();
          return writeInTransaction(live, { traits, ...(traits.locksRows ? {} : { queue }) }, work);
        }),
      ),
    migrate: async () => {
      const { migrateMysql } = await import('./migrate.ts');
      return alone((live) => migrateMysql(live, target.database));
    },
    close: async () => {
      isClosed = true;
      await session.close();
    },
  };
}

/**
 * Sends statements outside of a transaction. Where one of several writes, each is sent by itself:
 * a server that goes on after an error would run, and save, what comes after it.
 */
async function sendAlone(
  session: Session,
  statements: readonly Statement[],
): Promise<readonly ServerResult[]> {
  if (statements.length < 2 || statements.every(isQuery)) return session.send(statements);
  const results: ServerResult[] = [];
  for (const statement of statements) results.push(...(await session.send([statement])));
  return results;
}

/** Runs a transaction again that lost against another one, or its connection before its COMMIT. */
function retryLost<T>(work: () => Promise<T>): Promise<T> {
  let losses = 0;
  return retryBusy(work, {
    isPassing: (error) => {
      if (isLostRace(error)) return true;
      if (!(error instanceof StoreError) || !error.isConnectionLost) return false;
      losses += 1;
      return losses <= lostConnections;
    },
  });
}
