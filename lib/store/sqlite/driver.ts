import { realpathSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { busyTimeout as usualBusyTimeout } from '../../model/waiting.ts';
import type { OpenOptions, Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { retryBusy } from '../retry.ts';
import { createDb } from './db.ts';
import { openFile } from './open-file.ts';
import { beginWriting, translated, within } from './transaction.ts';
import type { OpenFile } from './trouble.ts';

/** `wal`: readers never wait for writers. `rollback`: no memory is shared among processes. */
const journalModes = { wal: 'WAL', rollback: 'TRUNCATE' } as const;

/**
 * Opens a SQLite file. Writers use WAL, so that readers never wait for them, and synchronous=FULL,
 * so that what a command reported survives a power cut. A reader never creates the file. A file that
 * cannot be written to is read all the same; what would write gets the reason.
 *
 * @throws StoreError
 */
export async function openSqlite(path: string, options: OpenOptions): Promise<Store> {
  refuseNoFile(path);
  const isReader = options.mode === 'read';
  const explained = explainer(path, { mayTry: !isReader });
  const { connection, ...limits } = await explained(() => openPrepared(path, options));
  const store = createStore(connection, path, options);
  if (limits.refusal !== undefined) {
    const { limitStore } = await import('./trouble.ts');
    return limitStore(store, { path, isReader, ...limits });
  }
  const { db } = store;
  return {
    ...store,
    db: {
      ...db,
      batch: (statements) => explained(() => db.batch(statements)),
      query: (sql, params) => explained(() => db.query(sql, params)),
      run: (sql, params) => explained(() => db.run(sql, params)),
    },
    read: (work) => explained(() => store.read(work)),
    write: (work) => explained(() => store.write(work)),
    migrate: (options) => explained(() => store.migrate(options)),
  };
}

async function openPrepared(
  path: string,
  { mode, busyTimeout = usualBusyTimeout, journal = 'wal' }: OpenOptions,
): Promise<OpenFile> {
  const { DatabaseSync } = await loadSqlite();
  const writerPragmas = `PRAGMA journal_mode = ${journalModes[journal]};
    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON`;
  return openFile(DatabaseSync, path, {
    isReader: mode === 'read',
    prepare: async (connection) => {
      translated(() => connection.exec(`PRAGMA busy_timeout = ${busyTimeout}`));
      if (mode === 'read') return;
      // The switch of the mode does not wait on the busy timeout: two first starts can meet here.
      await retryLocked(async () => translated(() => connection.exec(writerPragmas)));
    },
  });
}

function createStore(
  connection: DatabaseSync,
  path: string,
  { busyTimeout = usualBusyTimeout }: OpenOptions,
): Store {
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
    migrate: async (migration) => {
      const { migrateSqlite } = await import('./migrate.ts');
      return retryLocked(() => migrateSqlite({ connection, db, path }, migration));
    },
    close: async () => connection.close(),
  };
}

/** Makes what runs `work` and has its failure explained by what the file system says. */
function explainer(path: string, options: { readonly mayTry: boolean }) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'unreachable') throw error;
      const { explainFailure } = await import('./trouble.ts');
      throw explainFailure(error, path, options);
    }
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
export async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
