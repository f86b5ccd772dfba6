import type { DatabaseSync } from 'node:sqlite';
import type {
  Db,
  Dialect,
  OpenOptions,
  Row,
  SqlValue,
  Statement,
  StatementResult,
  Store,
  Transaction,
} from '../contract.ts';
import { StoreError } from '../errors.ts';
import { retryBusy } from '../retry.ts';
import { translated, within } from './transaction.ts';

const dialect: Dialect = {
  now: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
  // julianday is a number of days: of its digits some are left for milliseconds, barely.
  millisecondsBetween: (from, to) =>
    `CAST(ROUND((julianday(${to}) - julianday(${from})) * 86400000) AS INTEGER)`,
  along: (index) => `INDEXED BY ${index}`,
};

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
  const connection = translated(
    () => new DatabaseSync(path, { readOnly: options.mode === 'read' }),
  );
  try {
    translated(() => connection.exec(`PRAGMA busy_timeout = ${options.busyTimeout ?? 5000}`));
    if (options.mode === 'write') {
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
    read: (work) => within(connection, 'BEGIN', () => work(db)),
    write: (work) =>
      retryLocked(() => {
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
      return retryLocked(() => migrateSqlite(connection, db));
    },
    close: async () => connection.close(),
  };
}

/** Writers come one after another; whom that keeps waiting for so long is kept by a lock. */
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

function createDb(connection: DatabaseSync): Db {
  const one = ({ sql, params = [] }: Statement): StatementResult => {
    const statement = connection.prepare(sql);
    return statement.columns().length > 0
      ? { rows: statement.all(...params) as Row[], found: 0 }
      : { rows: [], found: Number(statement.run(...params).changes) };
  };
  return {
    dialect,
    batch: async (statements) => translated(() => statements.map(one)),
    query: async (sql, params = []) =>
      translated(() => connection.prepare(sql).all(...params) as Row[]),
    run: async (sql, params: readonly SqlValue[] = []) =>
      translated(() => Number(connection.prepare(sql).run(...params).changes)),
  };
}
