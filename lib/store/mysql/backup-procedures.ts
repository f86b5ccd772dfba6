/**
 * Dolt's own backups: of the whole history and of what is not committed yet. A URL is one that the
 * server reads, so a path in it is a path there.
 */
import type { Db } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { askForTraits, readTraits } from './dialect.ts';

/** Whether a server makes backups of itself. @throws StoreError */
export async function backsUpItself(db: Db): Promise<boolean> {
  return readTraits((await db.batch([askForTraits]))[0]).hasHistory;
}

/**
 * Brings a backup in line with the database that is used: only what is new is sent.
 *
 * @throws StoreError
 */
export async function syncBackup(db: Db, url: string): Promise<void> {
  await db.query('CALL dolt_backup(?, ?)', ['sync-url', url]);
}

/**
 * Makes a database of a backup.
 *
 * @param mayReplace whether a database of that name, which holds nothing, is replaced
 * @throws StoreError
 */
export async function restoreBackup(
  db: Db,
  { url, database, mayReplace }: { url: string; database: string; mayReplace: boolean },
): Promise<void> {
  const words = ['restore', ...(mayReplace ? ['--force'] : []), url, database];
  await db.query(`CALL dolt_backup(${words.map(() => '?').join(', ')})`, words);
}

/** Names the tables of a database; undefined where there is no such database. @throws StoreError */
export async function findTables(db: Db, database: string): Promise<readonly string[] | undefined> {
  const found = await db.query(
    'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name = ?',
    [database],
  );
  if (found.length === 0) return undefined;
  const rows = await db.query(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name',
    [database],
  );
  return rows.map((row) => text(row, 'name'));
}

/** Removes a database, whose name is a plain one. @throws StoreError */
export async function dropDatabase(db: Db, database: string): Promise<void> {
  await db.run(`DROP DATABASE \`${database}\``);
}
