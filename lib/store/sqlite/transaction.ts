import type { DatabaseSync } from 'node:sqlite';
import { translateSqliteError } from './errors.ts';

/** Runs `work` between `begin` and what `end` says then; rolls back when it throws. */
export async function within<T>(
  connection: DatabaseSync,
  begin: string,
  work: () => Promise<T>,
  end: () => string = () => 'COMMIT',
): Promise<T> {
  translated(() => connection.exec(begin));
  try {
    const result = await work();
    translated(() => connection.exec(end()));
    return result;
  } catch (error) {
    rollBack(connection);
    throw error;
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
