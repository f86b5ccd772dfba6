import type { StoreError } from './errors.ts';

/** A value as both engines take and give it: times are text, booleans 0 or 1. */
export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** What differs between engines, as capabilities: code asks these, never the engine's name. */
export interface Dialect {
  /** Expression for the database's clock: UTC text `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly now: string;
  /** Expression for the time so many whole seconds before `now`, for an index to be read from it. */
  ago(seconds: number): string;
  /** Expression for the whole milliseconds from one time to another. */
  millisecondsBetween(from: string, to: string): string;
  /**
   * Names the index a table is read along, after its name in FROM. Dolt, once it has counted the
   * rows, may take another one and sort the whole list.
   */
  along(index: string): string;
  /**
   * The end of an INSERT that changes the row of that unique key where there is one. Columns mean
   * that row; the assignments are made from left to right on some engines, so that one which reads
   * a column stands before the one that changes it.
   */
  upsert(key: string, assignments: string): string;
  /** In the assignments of `upsert`: what the INSERT would have put into this column. */
  inserted(column: string): string;
}

/** One SQL statement with its values; placeholders are `?` on every engine. */
export interface Statement {
  readonly sql: string;
  readonly params?: readonly SqlValue[];
}

/** What one statement of a batch gave. */
export interface StatementResult {
  /** Rows of a query; empty for any other statement. */
  readonly rows: readonly Row[];
  /** Number of rows that a statement found to change; 0 for a query. */
  readonly found: number;
}

/** One connection. Placeholders are `?` on every engine. */
export interface Db {
  readonly dialect: Dialect;
  /** @throws StoreError */
  query(sql: string, params?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Number of rows that the statement found. @throws StoreError */
  run(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /**
   * Sends several statements together and gives one result for each, in order. They run one after
   * another; the first that fails is thrown, and nothing that comes after it is saved. A network
   * takes one flight for them, but for each its own where some write outside a transaction. A
   * statement that holds a semicolon is refused.
   *
   * @throws StoreError
   */
  batch(statements: readonly Statement[]): Promise<readonly StatementResult[]>;
}

export interface Transaction extends Db {
  /** Names the change in the history of an engine that keeps one (Dolt). */
  describe(message: string): void;
  /**
   * Says that there is nothing to commit. The transaction is rolled back before anything else is
   * done over its connection, and soon after `work` has returned at the latest.
   */
  abandon(): void;
}

export interface MigrateOptions {
  readonly onCopy?: (path: string) => void;
}

export interface Store {
  /** One statement outside a transaction, for the hot path. */
  readonly db: Db;
  /** Several reads that see one state. They are run again when their connection is lost. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction and commits, or rolls back when it throws. On a server the
   * transaction begins with the first statement of `work`. Deadlock, serialization failure, busy,
   * duplicate key (another took the same random key) and a connection that is lost before COMMIT
   * was sent run `work` again, a bounded number of times.
   *
   * @throws StoreError `contention` when the retries are used up; `unreachable`, saying so, when
   * the connection was lost after COMMIT was sent and nobody knows whether it happened.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Applies pending migrations under a lock; the numbers of those applied. A file with tasks is
   * copied before, and `onCopy` told where.
   */
  migrate(options?: MigrateOptions): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** How a driver is opened. Nothing here may be logged: it can hold a password. */
export interface OpenOptions {
  /** `read` never creates, migrates or locks. */
  readonly mode: 'read' | 'write';
  /** How a SQLite file's changes are kept until they are in it; `wal` where memory can be shared. */
  readonly journal?: 'wal' | 'rollback';
  /** Milliseconds that SQLite waits for a lock; a hook waits 20, a command 5,000. */
  readonly busyTimeout?: number;
  /** How many values one answer of a server may have; a hook takes fewer than a command. */
  readonly mostValues?: number | undefined;
  /** Milliseconds that a server may be silent while it owes an answer, where that is not the usual. */
  readonly silenceLimit?: number | undefined;
  /** Called once when the server's first byte arrives (MySQL protocol). */
  readonly onFirstByte?: () => void;
  /** Called with what was refused each time that a full or locked database is tried again. */
  readonly onRetry?: (error: StoreError) => void;
}
