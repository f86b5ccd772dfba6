import type { DatabaseSync } from 'node:sqlite';
import type { Db, Dialect, OpenOptions, Row, SqlValue, Store, Transaction } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { retryConflicts } from '../retry.ts';
import { translateSqliteError } from './errors.ts';
import { translated, within } from './transaction.ts';

const dialect: Dialect = { now: "strftime('%Y-%m-%d %H:%M:%f', 'now')" };

const writerPragmas =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON';

/**
 * Opens a SQLite file. Writers use WAL, so that readers never wait for them, and synchronous=FULL,
 * so that what a command reported survives a power cut. A reader never creates the file.
 *
 * @throws StoreError
 */
export async function openSqlite(path: string, options: OpenOptions): Promise<Store> {
  const { DatabaseSync } = await loadSqlite();
  let connection: DatabaseSync;
  try {
    connection = new DatabaseSync(path, { readOnly: options.mode === 'read' });
    connection.exec(`PRAGMA busy_timeout = ${options.busyTimeout ?? 5000}`);
    if (options.mode === 'write') {
      // The switch to WAL does not wait on the busy timeout: two first starts can meet here.
      await retryConflicts(async () => translated(() => connection.exec(writerPragmas)));
    }
  } catch (error) {
    throw error instanceof StoreError ? error : translateSqliteError(error);
  }
  const db = createDb(connection);
  return {
    db,
    read: (work) => within(connection, 'BEGIN', () => work(db)),
    write: (work) =>
      retryConflicts(() => {
        let end = 'COMMIT';
        const transaction: Transaction = {
          ...db,
          describe: () => {},
          abandon: () => {
            end = 'ROLLBACK';
          },
        };
        return within(
          connection,
          'BEGIN IMMEDIATE',
          () => work(transaction),
          () => end,
        );
      }),
    migrate: async () => {
      const { migrateSqlite } = await import('./migrate.ts');
      return migrateSqlite(connection, db);
    },
    close: async () => connection.close(),
  };
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

function createDb(connection: DatabaseSync): Db {
  return {
    dialect,
    query: async (sql, params = []) =>
      translated(() => connection.prepare(sql).all(...params) as Row[]),
    run: async (sql, params: readonly SqlValue[] = []) =>
      translated(() => Number(connection.prepare(sql).run(...params).changes)),
  };
}
