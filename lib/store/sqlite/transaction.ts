import type { DatabaseSync } from 'node:sqlite';
import { writerRound } from '../../model/waiting.ts';
import { StoreError } from '../errors.ts';
import { pause } from '../retry.ts';
import { translateSqliteError } from './errors.ts';

/** Runs `work` in a transaction that has begun, ends it as `end` says, rolls back when it throws. */
export async function within<T>(
  connection: DatabaseSync,
  work: () => Promise<T>,
  end: () => string = () => 'COMMIT',
): Promise<T> {
  try {
    const result = await work();
    translated(() => connection.exec(end()));
    return result;
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

/**
 * Begins a writing transaction, of which a file has one at a time. SQLite's own way of waiting for
 * it looks again after ever longer pauses, from 1 to 100 ms, so that who has waited longest has the
 * least chance. Here the pauses begin anew every `writerRound`, so that all chances are the same: of
 * 64 writers the last one took half as long, and they wrote no less (measured).
 *
 * @throws StoreError `conflict` when the turn has not come within `busyTimeout` milliseconds.
 */
export async function beginWriting(connection: DatabaseSync, busyTimeout: number): Promise<void> {
  const start = process.uptime();
  for (;;) {
    try {
      tryToBegin(connection, busyTimeout);
      return;
    } catch (error) {
      const isBusy = error instanceof StoreError && error.code === 'conflict';
      if (!isBusy || (process.uptime() - start) * 1000 >= busyTimeout) throw error;
    }
    await pause(Math.random());
  }
}

/** Waits for one round; other statements of the connection go on to wait as they did. */
function tryToBegin(connection: DatabaseSync, busyTimeout: number): void {
  translated(() => connection.exec(`PRAGMA busy_timeout = ${Math.min(writerRound, busyTimeout)}`));
  try {
    translated(() => connection.exec('BEGIN IMMEDIATE'));
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
  }
}

/** SQLite has rolled back by itself after some errors (full disk, I/O), and then refuses this. */
export function rollBack(connection: DatabaseSync): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // Nothing is open any more, which is what was wanted.
  }
}

export function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateSqliteError(error);
  }
}
