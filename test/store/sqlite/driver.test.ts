import { existsSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { sqliteMigrations } from '../../../lib/store/migrations/sqlite.gen.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { versionsAfter } from '../../conformance/database/versions-after.ts';
import { temporaryFile } from './temporary-file.ts';

async function openAt(path: string, busyTimeout?: number): Promise<Store> {
  const store = await openSqlite(path, {
    mode: 'write',
    ...(busyTimeout === undefined ? {} : { busyTimeout }),
  });
  onTestFinished(() => store.close());
  return store;
}

/** A store with one table of letters. */
async function openLetters(path: string, busyTimeout?: number): Promise<Store> {
  const store = await openAt(path, busyTimeout);
  await store.db.run('CREATE TABLE letters (letter TEXT PRIMARY KEY) STRICT');
  return store;
}

async function lettersOf(store: Pick<Store, 'db'>): Promise<readonly unknown[]> {
  const rows = await store.db.query('SELECT letter FROM letters ORDER BY letter');
  return rows.map(({ letter }) => letter);
}

/** Another process's hold on the file, as far as SQLite can tell. */
function lock(path: string): DatabaseSync {
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  onTestFinished(() => {
    if (other.isOpen) other.close();
  });
  return other;
}

test('a writer uses WAL, keeps what it reported through a power cut, and checks foreign keys', async () => {
  const store = await openAt(temporaryFile());
  const pragma = async (name: string) =>
    Object.values((await store.db.query(`PRAGMA ${name}`))[0] ?? {})[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
  expect(await pragma('busy_timeout')).toBe(5_000);
});

test('a transaction is committed whole, rolled back when it throws, and left when told so', async () => {
  const store = await openLetters(temporaryFile());
  const add = (letter: string, then: (leave: () => void) => void) =>
    store.write(async (db) => {
      await db.run('INSERT INTO letters VALUES (?)', [letter]);
      then(() => db.abandon());
      return letter;
    });
  expect(await add('a', () => {})).toBe('a');
  await expect(
    add('b', () => {
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await add('c', (leave) => leave())).toBe('c');
  expect(await add('d', () => {})).toBe('d');
  expect(await lettersOf(store)).toEqual(['a', 'd']);
});

test('a transaction that left everything once is committed when it is run again', async () => {
  const store = await openLetters(temporaryFile());
  await store.db.run("INSERT INTO letters VALUES ('a')");
  let runs = 0;
  await store.write(async (db) => {
    runs += 1;
    if (runs === 1) db.abandon();
    await db.run('INSERT INTO letters VALUES (?)', [runs === 1 ? 'a' : 'b']);
  });
  expect(runs).toBe(2);
  expect(await lettersOf(store)).toEqual(['a', 'b']);
});

test('a writer waits for another one and then writes', async () => {
  const path = temporaryFile();
  const store = await openLetters(path, 1);
  const other = lock(path);
  other.exec("INSERT INTO letters VALUES ('a')");
  setTimeout(() => other.exec('COMMIT'), 30);
  await store.write((db) => db.run("INSERT INTO letters VALUES ('b')"));
  expect(await lettersOf(store)).toEqual(['a', 'b']);
});

test('a file that stays locked is said to be, and reading it goes on', async () => {
  const path = temporaryFile();
  const store = await openLetters(path, 1);
  lock(path);
  await expect(
    store.write((db) => db.run("INSERT INTO letters VALUES ('b')")),
  ).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('locked by another process'),
  });
  expect(await lettersOf(store)).toEqual([]);
});

test('what is read in one go is of one moment', async () => {
  const path = temporaryFile();
  const store = await openLetters(path);
  const other = await openAt(path);
  const seen = await store.read(async (db) => {
    const before = await lettersOf({ db });
    await other.write((writer) => writer.run("INSERT INTO letters VALUES ('a')"));
    return [before, await lettersOf({ db })];
  });
  expect(seen).toEqual([[], []]);
  expect(await lettersOf(store)).toEqual(['a']);
});

test('a transaction inside a transaction is refused and spares the outer one', async () => {
  const store = await openLetters(temporaryFile());
  await store.write(async (db) => {
    await db.run("INSERT INTO letters VALUES ('a')");
    await expect(store.write(async () => {})).rejects.toMatchObject({ code: 'failed' });
  });
  expect(await lettersOf(store)).toEqual(['a']);
});

test('a missing file that is opened for reading is an error and creates nothing', async () => {
  const path = temporaryFile();
  await expect(openSqlite(path, { mode: 'read' })).rejects.toMatchObject({ code: 'unreachable' });
  expect(existsSync(path)).toBe(false);
});

test('a reader changes nothing', async () => {
  const path = temporaryFile();
  await openLetters(path);
  const reader = await openSqlite(path, { mode: 'read' });
  onTestFinished(() => reader.close());
  expect(await lettersOf(reader)).toEqual([]);
  await expect(reader.db.run("INSERT INTO letters VALUES ('a')")).rejects.toMatchObject({
    code: 'unreachable',
  });
});

test.for([
  ["INSERT INTO letters VALUES ('a'), ('a')", 'duplicate'],
  ['INSERT INTO letters VALUES (NULL)', 'invariant'],
  ['SELECT * FROM numbers', 'no_schema'],
  ['SELECT number FROM letters', 'no_schema'],
  ['SELEKT', 'failed'],
] as const)('%s is %s', async ([sql, code]) => {
  const store = await openLetters(temporaryFile());
  await store.db.run('DROP TABLE letters');
  await store.db.run('CREATE TABLE letters (letter TEXT NOT NULL PRIMARY KEY) STRICT');
  await expect(store.db.run(sql)).rejects.toMatchObject({ name: 'StoreError', code });
});

test('needs nothing of a statement that Node 22.13 lacks', async () => {
  // `columns` came with Node 22.16.
  const columns = Object.getOwnPropertyDescriptor(StatementSync.prototype, 'columns');
  Reflect.deleteProperty(StatementSync.prototype, 'columns');
  try {
    const store = await openSqlite(':memory:', { mode: 'write' });
    expect(await store.migrate()).toEqual(versionsAfter(0, sqliteMigrations));
    await store.close();
  } finally {
    if (columns !== undefined) Object.defineProperty(StatementSync.prototype, 'columns', columns);
  }
});

test('a number beyond those of JavaScript takes no row away', async () => {
  const store = await openAt(temporaryFile());
  await store.db.run('CREATE TABLE numbers (name TEXT, number INTEGER) STRICT');
  await store.db.run(
    "INSERT INTO numbers VALUES ('most', 9223372036854775807), ('least', -9223372036854775808), ('one', 1)",
  );
  const [most, least] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  for (const _ of ['the first time', 'again']) {
    expect(await store.db.query('SELECT name, number FROM numbers')).toEqual([
      { name: 'most', number: most },
      { name: 'least', number: least },
      { name: 'one', number: 1 },
    ]);
  }
  await store.db.run("DELETE FROM numbers WHERE name <> 'one'");
  expect(await store.db.query('SELECT name, number FROM numbers')).toEqual([
    { name: 'one', number: 1 },
  ]);
});
