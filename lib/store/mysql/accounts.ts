/**
 * The statements of an administrator: a database, users and their rights. Names are words that
 * `isPlainName` lets through, since a name of a database can be no parameter.
 */
import type { DatabaseUser } from '../../model/database-user.ts';
import type { Db } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { text } from '../sql/columns.ts';
import { askForTraits, readTraits } from './dialect.ts';

/** Whether a word can be put between the quotes of a name on every engine. */
export function isPlainName(name: string): boolean {
  return /^[\w$-]+$/.test(name);
}

/** Makes a database unless it is there; says whether it made one. @throws StoreError */
export async function makeDatabase(db: Db, name: string): Promise<boolean> {
  const find = 'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name = ?';
  if ((await db.query(find, [name])).length > 0) return false;
  await db.run(`CREATE DATABASE IF NOT EXISTS \`${name}\``);
  return true;
}

/** Finds which of these users are there, from the same host. @throws StoreError */
export async function findAccounts(
  db: Db,
  names: readonly string[],
  host: string,
): Promise<ReadonlySet<string>> {
  const places = names.map(() => '?').join(', ');
  const sql = `SELECT user AS name FROM mysql.user WHERE host = ? AND user IN (${places})`;
  return new Set((await db.query(sql, [host, ...names])).map((row) => text(row, 'name')));
}

/** Makes a user; false when another has made it meanwhile. @throws StoreError */
export async function createAccount(
  db: Db,
  { name, host }: DatabaseUser,
  password: string,
): Promise<boolean> {
  try {
    await db.run('CREATE USER ?@? IDENTIFIED BY ?', [name, host, password]);
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'duplicate') return false;
    throw error;
  }
}

/** @throws StoreError */
export async function setPassword(
  db: Db,
  { name, host }: DatabaseUser,
  password: string,
): Promise<void> {
  await db.run('ALTER USER ?@? IDENTIFIED BY ?', [name, host, password]);
}

/**
 * Gives what Dolt asks for its own procedures of backups, beside reading. It is the right to do
 * everything there, so other servers' users do not get it.
 *
 * @throws StoreError
 */
export async function grantBackups(db: Db, { name, host }: DatabaseUser): Promise<void> {
  const { hasHistory } = readTraits((await db.batch([askForTraits]))[0]);
  if (hasHistory) await db.run('GRANT SUPER ON *.* TO ?@?', [name, host]);
}

/**
 * Lets a user see who has which rights, and no password. An administrator who may not grant that, as
 * on hosted servers, goes without.
 */
export async function grantNames(db: Db, { name, host }: DatabaseUser): Promise<void> {
  await unlessRefused(() => db.run('GRANT SELECT ON mysql.db TO ?@?', [name, host]));
}

/**
 * Finds the users who may write to a database by a right on it, and who backs it up.
 *
 * @returns undefined where this user is not told
 * @throws StoreError
 */
export async function findUsersOf(
  db: Db,
  { database, keeper }: { readonly database: string; readonly keeper: string },
): Promise<readonly DatabaseUser[] | undefined> {
  // What the right is on is a pattern.
  const rows = await unlessRefused(() =>
    db.query(
      `SELECT user AS name, host AS host FROM mysql.db
       WHERE ? LIKE db AND host <> '' AND (insert_priv = 'Y' OR user = ?) ORDER BY user, host`,
      [database, keeper],
    ),
  );
  return rows?.map((row) => ({ name: text(row, 'name'), host: text(row, 'host') }));
}

/** Not every server that speaks the protocol has that table. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (['denied', 'no_schema', 'failed'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Gives rights on a database; those that the user has stay. @throws StoreError */
export async function grantRights(
  db: Db,
  { name, host }: DatabaseUser,
  { rights, database }: { readonly rights: string; readonly database: string },
): Promise<void> {
  const { takesPatterns } = readTraits((await db.batch([askForTraits]))[0]);
  const on = takesPatterns ? database.replaceAll('_', '\\_') : database;
  await db.run(`GRANT ${rights} ON \`${on}\`.* TO ?@?`, [name, host]);
}
