import { realpathSync, statSync } from 'node:fs';
import { busyTimeout as usualBusyTimeout } from '../../model/waiting.ts';
import type { OpenOptions, Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { retryBusy } from '../retry.ts';
import { createDb } from './db.ts';
import { beginWriting, translated, within } from './transaction.ts';

const writerPragmas =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON';

/**
 * Opens a SQLite file. Writers use WAL, so that readers never wait for them, and synchronous=FULL,
 * so that what a command reported survives a power cut. A reader never creates the file.
 *
 * @throws StoreError
 */
export async function openSqlite(
  path: string,
  { mode, busyTimeout = usualBusyTimeout }: OpenOptions,
): Promise<Store> {
  refuseNoFile(path);
  const { DatabaseSync } = await loadSqlite();
  const connection = translated(() => new DatabaseSync(path, { readOnly: mode === 'read' }));
  try {
    translated(() => connection.exec(`PRAGMA busy_timeout = ${busyTimeout}`));
    if (mode === 'write') {
      // The switch to WAL does not wait on the busy timeout: two first starts can meet here.
      await retryLocked(async () => translated(() => connection.exec(writerPragmas)));
    }
  } catch (error) {
    connection.close();
    throw error;
  }
  const db = createDb(connection);
  return {
    db,
    read: async (work) => {
      translated(() => connection.exec('BEGIN'));
      return within(connection, () => work(db));
    },
    write: (work) =>
      retryLocked(async () => {
        let end = 'COMMIT';
        const abandon = (): void => {
          end = 'ROLLBACK';
        };
        await beginWriting(connection, busyTimeout);
        return within(
          connection,
          () => work({ ...db, describe: () => {}, abandon }),
          () => end,
        );
      }),
    migrate: async () => {
      const { migrateSqlite } = await import('./migrate.ts');
      return retryLocked(() => migrateSqlite(connection, db));
    },
    close: async () => connection.close(),
  };
}

/**
 * Refuses what SQLite would wait for or never read to its end: a pipe, a device, a file of the
 * kernel's, to which a link can lead.
 */
function refuseNoFile(path: string): void {
  let isFit: boolean;
  try {
    const found = statSync(path);
    isFit = found.isFile() && (found.size > 0 || !/^\/(proc|sys)\//.test(realpathSync(path)));
  } catch {
    // It is made, or SQLite says why not.
    return;
  }
  if (!isFit) throw new StoreError('unreachable', `${path} is not a file`);
}

/** Writers come one after another; whom that keeps waiting for too long is kept by a lock. */
async function retryLocked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await retryBusy(work);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'contention') throw error;
    throw new StoreError('unreachable', 'the database file is locked by another process', {
      cause: error,
    });
  }
}

/** Loads node:sqlite without the ExperimentalWarning that Node 22 prints on stderr. */
async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
