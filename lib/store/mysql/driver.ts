import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { retryConflicts } from '../retry.ts';
import { createDb } from './db.ts';
import { withNamedLock } from './named-lock.ts';
import type { ServerTraits } from './server-traits.ts';
import { openSession, type Session, useSnapshots } from './session.ts';
import { readInTransaction, writeInTransaction } from './transaction.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';

/** How a writer queues on an engine that locks no rows, before it goes on regardless. */
const queue = { seconds: 2, rounds: 25 };

/**
 * Opens a database behind the MySQL protocol: one connection, made again when a later call finds it
 * gone. A reader sends nothing but its statements.
 *
 * @throws StoreError
 */
export async function openMysql(target: MysqlTarget, options: MysqlOpenOptions): Promise<Store> {
  let session = await openSession(target, options);
  let reopening: Promise<Session> | undefined;
  let isInTransaction = false;
  let isClosed = false;

  async function current(): Promise<Session> {
    if (isClosed) throw new StoreError('failed', 'the database was closed');
    if (session.connection.isOpen || isInTransaction) return session;
    reopening ??= openSession(target, { mode: options.mode }).finally(() => {
      reopening = undefined;
    });
    session = await reopening;
    return session;
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
    db: createDb(async () => (await current()).connection),
    read: (work) =>
      alone(async ({ connection }) => {
        if (options.mode === 'read') await useSnapshots(connection);
        return readInTransaction(connection, work);
      }),
    write: (work) =>
      retryConflicts(() =>
        alone((live) => {
          const traits = writerTraits(live);
          const attempt = () => writeInTransaction(live.connection, traits, work);
          return traits.locksRows ? attempt() : withNamedLock(live.connection, queue, attempt);
        }),
      ),
    migrate: async () => {
      const { migrateMysql } = await import('./migrate.ts');
      return alone((live) => migrateMysql(live.connection, writerTraits(live)));
    },
    close: async () => {
      isClosed = true;
      await session.connection.close();
    },
  };
}

function writerTraits({ traits }: Session): ServerTraits {
  if (traits) return traits;
  throw new StoreError('failed', 'the database was opened for reading');
}
