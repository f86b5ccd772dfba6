import type { DatabaseSync } from 'node:sqlite';
import { writerPause } from '../../model/waiting.ts';
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
 * it looks again after ever longer pauses, up to 100 ms, so that who has waited longest has the
 * least chance: of 64 writers the last one took 2.5 s (measured), with equal pauses 0.9 s.
 *
 * @throws StoreError `conflict` when the turn has not come within `busyTimeout` milliseconds.
 */
export async function beginWriting(connection: DatabaseSync, busyTimeout: number): Promise<void> {
  const { least, most } = writerPause;
  const start = process.uptime();
  for (;;) {
    try {
      beginAtOnce(connection, busyTimeout);
      return;
    } catch (error) {
      const isBusy = error instanceof StoreError && error.code === 'conflict';
      if (!isBusy || (process.uptime() - start) * 1000 >= busyTimeout) throw error;
    }
    await pause(least + Math.random() * (most - least));
  }
}

/** Begins or fails; other statements of the connection go on to wait as they did. */
function beginAtOnce(connection: DatabaseSync, busyTimeout: number): void {
  translated(() => connection.exec('PRAGMA busy_timeout = 0'));
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
