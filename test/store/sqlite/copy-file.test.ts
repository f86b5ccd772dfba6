import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { fillSecondSchema } from './second-schema.ts';
import { temporaryFile } from './temporary-file.ts';

async function open(path: string, journal: 'wal' | 'rollback' = 'wal'): Promise<Store> {
  const store = await openSqlite(path, { mode: 'write', journal });
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}

async function copiesOf(store: Store): Promise<readonly string[]> {
  const copies: string[] = [];
  await store.migrate({ onCopy: (path) => copies.push(path) });
  return copies;
}

function versionsIn(path: string): readonly unknown[] {
  const file = new DatabaseSync(path, { readOnly: true });
  const rows = file.prepare('SELECT version FROM docket_migrations ORDER BY version').all();
  expect(file.prepare('SELECT COUNT(*) AS n FROM tasks').get()).toEqual({ n: 2 });
  expect(file.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  file.close();
  return rows.map(({ version }) => version);
}

test.for(['wal', 'rollback'] as const)(
  'a file that is migrated (%s) is kept as it was, for the same people',
  async (journal) => {
    const path = temporaryFile();
    fillSecondSchema(path).close();
    chmodSync(path, 0o600);
    const store = await open(path, journal);
    const copy = `${path}.schema-2`;
    expect(await copiesOf(store)).toEqual([copy]);
    expect(versionsIn(copy)).toEqual([1, 2]);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(await copiesOf(store)).toEqual([]);
    await store.close();
    const left = readdirSync(dirname(path)).filter((name) => !name.endsWith('-journal'));
    expect(left.sort()).toEqual(['docket.db', 'docket.db.schema-2']);
  },
);

test('what another process has written last is in the copy', async () => {
  const path = temporaryFile();
  const other = fillSecondSchema(path);
  other.exec("UPDATE tasks SET title = 'Newest'");
  await copiesOf(await open(path));
  const copy = new DatabaseSync(`${path}.schema-2`, { readOnly: true });
  expect(copy.prepare('SELECT DISTINCT title FROM tasks').all()).toEqual([{ title: 'Newest' }]);
  copy.close();
  other.close();
});

test('a new file, one that is current and one in memory are not copied', async () => {
  const path = temporaryFile();
  const store = await open(path);
  expect(await copiesOf(store)).toEqual([]);
  expect(await copiesOf(store)).toEqual([]);
  expect(await copiesOf(await openSqlite(':memory:', { mode: 'write' }))).toEqual([]);
  await store.close();
  expect(readdirSync(dirname(path))).toEqual(['docket.db']);
});

test('a copy of before stays when a file of that version is migrated again', async () => {
  const path = temporaryFile();
  writeFileSync(`${path}.schema-2`, 'of another time');
  writeFileSync(`${path}.copying`, 'left by a process that was killed');
  fillSecondSchema(path).close();
  expect(await copiesOf(await open(path))).toEqual([`${path}.schema-2-2`]);
  expect(existsSync(`${path}.copying`)).toBe(false);
});

test('of many who migrate at once, one makes a copy', async () => {
  const path = temporaryFile();
  fillSecondSchema(path).close();
  const stores = await Promise.all([1, 2, 3, 4].map(() => open(path)));
  const copies = await Promise.all(stores.map(copiesOf));
  expect(copies.flat()).toEqual([`${path}.schema-2`]);
  expect(versionsIn(`${path}.schema-2`)).toEqual([1, 2]);
});

test('where no copy can be made, nothing is migrated and nothing is lost', async () => {
  const path = temporaryFile();
  fillSecondSchema(path).close();
  const store = await open(path);
  mkdirSync(`${path}.copying`);
  writeFileSync(`${path}.copying/file`, '');
  await expect(store.migrate()).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('is not migrated, as it cannot be copied'),
    hint: 'The copy needs 1 MiB beside it; nothing was changed',
  });
  expect(versionsIn(path)).toEqual([1, 2]);
});
