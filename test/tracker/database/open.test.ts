import {
  chmodSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore, openStoreOf, openUnmigrated } from '../../../lib/tracker/database/open.ts';
import { listReady } from '../../../lib/tracker/reads/lists.ts';
import { scopeOf } from '../../conformance/test-lists.ts';
import { temporaryFile } from '../../store/sqlite/temporary-file.ts';

const workspaceId = '01890000-0000-7000-8000-000000000001';

function at(path: string) {
  return { kind: 'sqlite', path } as const;
}

/** A file with docket's tables, and everything in the file itself. */
async function migratedFile(): Promise<string> {
  const path = temporaryFile();
  await (await openStore(at(path))).close();
  return path;
}

test('a new file is made where it belongs, in folders that are nobody else’s', async () => {
  const path = temporaryFile(join('data', 'docket', 'docket.db'));
  const store = await openStore(at(path));
  await store.close();
  expect(existsSync(path)).toBe(true);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test('a file that is no database is said to be none, and stays as it is', async () => {
  const path = temporaryFile();
  writeFileSync(path, 'a letter to a friend\n'.repeat(500));
  for (const open of [openStore, openUnmigrated]) {
    await expect(open(at(path))).rejects.toMatchObject({
      name: 'DocketError',
      code: 'unreachable',
      message: expect.stringContaining('not a database'),
    });
  }
  expect(readFileSync(path, 'utf8')).toBe('a letter to a friend\n'.repeat(500));
});

test('a file that lost its end is unreachable, not empty', async () => {
  const path = await migratedFile();
  truncateSync(path, 4_096 * 3);
  const attempt = openStore(at(path)).then(async (store) => {
    onTestFinished(() => store.close());
    return listReady(scopeOf(store, workspaceId), { limit: 10 });
  });
  await expect(attempt).rejects.toMatchObject({ name: 'DocketError', code: 'unreachable' });
});

test('a file that another process keeps to itself is said to be locked', async () => {
  const path = await migratedFile();
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  await expect(openStore(at(path), { busyTimeout: 1 })).rejects.toMatchObject({
    name: 'DocketError',
    code: 'unreachable',
    message: expect.stringContaining('locked'),
  });
});

test('a folder that cannot be written to is said', async () => {
  const path = await migratedFile();
  const folder = dirname(path);
  const missing = join(folder, 'more', 'docket.db');
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  await asSomebodyElse(async () => {
    await expect(openStore(at(missing))).rejects.toMatchObject({
      name: 'DocketError',
      code: 'unreachable',
    });
    const store = await openStore(at(path));
    expect(await store.db.query('SELECT id FROM tasks')).toEqual([]);
    await expect(store.write(async () => {})).rejects.toMatchObject({
      name: 'DocketError',
      code: 'unreachable',
    });
    await store.close();
  });
  chmodSync(folder, 0o755);
  expect(existsSync(dirname(missing))).toBe(false);
});

test('a folder in the place of the file is said', async () => {
  await expect(openStore(at(dirname(temporaryFile())))).rejects.toMatchObject({
    code: 'unreachable',
  });
});

/** No folder is read-only for root. */
async function asSomebodyElse(work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('opening says whether the database has the workspace, also in a file that it has to make', async () => {
  const path = temporaryFile();
  const made = await openStoreOf(at(path), workspaceId);
  expect(made.hasWorkspace).toBe(false);
  await ensureWorkspace(made.store, { id: workspaceId, slug: 'web' }, 'alice');
  await made.store.close();
  const found = await openStoreOf(at(path), workspaceId);
  onTestFinished(() => found.store.close());
  expect(found.hasWorkspace).toBe(true);
});

test('a list that only a newer docket may write can be read, in batches too', async () => {
  const path = await migratedFile();
  const other = new DatabaseSync(path);
  other.exec("INSERT INTO docket_migrations VALUES (999, 'later', 0, 999, '')");
  other.close();
  const { store, hasWorkspace } = await openStoreOf(at(path), workspaceId);
  onTestFinished(() => store.close());
  expect(hasWorkspace).toBe(false);
  const look = { sql: 'SELECT COUNT(*) AS total FROM workspaces' };
  expect(await store.db.batch([look])).toEqual([{ rows: [{ total: 0 }], found: 0 }]);
  const remove = { sql: 'DELETE FROM workspaces' };
  await expect(store.db.batch([look, remove])).rejects.toMatchObject({ code: 'schema_too_new' });
});
