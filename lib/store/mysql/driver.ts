import { lostConnections } from '../../model/waiting.ts';
import type { Statement, Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { isLostRace, retryBusy } from '../retry.ts';
import { isQuery } from '../sql/is-query.ts';
import { connectWhenFull, reconnect } from './connect.ts';
import { createDb } from './db.ts';
import { createSession, type Session } from './session.ts';
import { readInTransaction, writeInTransaction } from './transaction.ts';
import { settled } from './unsettled.ts';
import type { ServerResult } from './wire/connection.ts';
import { isCluster, membersOf, passOver, rememberMember } from './wire/members.ts';
import { isNotServing } from './wire/not-serving.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';
import { createWriterQueue } from './writer-queue.ts';

/**
 * Opens a database behind the MySQL protocol: one connection, made again when a later call finds it
 * gone. A reader sends nothing but its statements.
 *
 * @throws StoreError
 */
export async function openMysql(given: MysqlTarget, options: MysqlOpenOptions): Promise<Store> {
  const { mode, mostValues, silenceLimit } = options;
  const bounds = { mode, mostValues, silenceLimit };
  const queue = createWriterQueue(given.database);
  let { connection, target } = await connectWhenFull(given, options);
  let session = createSession(connection, { ...bounds, member: memberOf(target) });
  let isPassedOver = false;
  let isKept = false;
  let reopening: Promise<Session> | undefined;
  let isInTransaction = false;
  let isClosed = false;

  async function current(): Promise<Session> {
    if (isClosed) throw new StoreError('failed', 'the database was closed');
    if (isInTransaction) return session;
    await session.hear();
    if (session.isOpen && !isPassedOver) return session;
    reopening ??= reopen().finally(() => {
      reopening = undefined;
    });
    session = await reopening;
    return session;
  }

  async function reopen(): Promise<Session> {
    ({ connection, target } = await reconnect(target));
    isPassedOver = false;
    isKept = false;
    const { knownTraits: traits } = session;
    return createSession(connection, { ...bounds, traits, member: memberOf(target) });
  }

  /** Does something that a member refuses as a whole when it may not serve; then with the next one. */
  async function served<T>(work: () => Promise<T>): Promise<T> {
    if (!isCluster(target)) return work();
    for (let passed = 1; ; passed += 1) {
      try {
        const result = await work();
        if (!isKept) rememberMember(target);
        isKept = true;
        return result;
      } catch (error) {
        if (!isNotServing(error) || passed === membersOf(target).length) throw error;
        await session.close();
        target = passOver(target);
        isPassedOver = true;
      }
    }
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
    db: createDb((statements) => served(async () => sendAlone(await current(), statements))),
    read: (work) => retryLost(() => served(() => alone((live) => readInTransaction(live, work)))),
    write: (work) =>
      settled((attempt) =>
        retryLost(() =>
          served(() =>
            alone((live) =>
              attempt(live, async () => {
                const traits = await live.traits();
                const how = { traits, ...(traits.locksRows ? {} : { queue }) };
                return writeInTransaction(live, how, work);
              }),
            ),
          ),
        ),
      ),
    migrate: async () => {
      const { migrateMysql } = await import('./migrate.ts');
      return served(() => alone((live) => migrateMysql(live, target.database)));
    },
    close: async () => {
      isClosed = true;
      await session.close();
    },
  };
}

/** What a session has to see to: whether this member of a cluster may serve. */
function memberOf(target: MysqlTarget): MysqlTarget | undefined {
  return isCluster(target) ? target : undefined;
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
