import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type FileSystem, judgeFileSystem } from '../../../lib/store/sqlite/file-system.ts';
import { connectWritable } from '../../../lib/tracker/database/connect-writable.ts';
import { inspectDatabase } from '../../../lib/tracker/database/inspect.ts';
import { type Notice, openStore } from '../../../lib/tracker/database/open.ts';
import { temporaryFile } from '../../store/sqlite/temporary-file.ts';

// No machine that runs the tests has such file systems; only what the system says is made up.
vi.mock('../../../lib/store/sqlite/file-system.ts', { spy: true });

function on(fileSystem: FileSystem): void {
  vi.mocked(judgeFileSystem).mockReturnValue(fileSystem);
  onTestFinished(() => {
    vi.mocked(judgeFileSystem).mockRestore();
  });
}

function journalOf(path: string): unknown {
  const file = new DatabaseSync(path, { readOnly: true });
  const row = file.prepare('PRAGMA journal_mode').get();
  file.close();
  return row?.journal_mode;
}

test('a file on a network file system is refused with what to do, and not made', async () => {
  on({ kind: 'network', name: 'nfs4' });
  const path = temporaryFile();
  const refusal = {
    code: 'unreachable',
    message: `${path} lies on a network file system (nfs4), where SQLite cannot be shared safely`,
    hint: expect.stringContaining('docket init --database'),
  };
  await expect(openStore({ kind: 'sqlite', path })).rejects.toMatchObject(refusal);
  expect(existsSync(path)).toBe(false);
});

test('a file in a shared folder gets a rollback journal, which is said', async () => {
  const path = temporaryFile();
  const local = await openStore({ kind: 'sqlite', path });
  await local.close();
  const other = new DatabaseSync(path);
  expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  other.close();
  on({ kind: 'shared', name: 'virtiofs' });
  const notices: Notice[] = [];
  const store = await openStore(
    { kind: 'sqlite', path },
    { onNotice: (notice) => notices.push(notice) },
  );
  expect(notices).toEqual([
    { kind: 'place', text: expect.stringContaining(`${path} lies on virtiofs`) },
  ]);
  expect(await store.db.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'truncate' }]);
  expect(await store.db.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  await store.write((db) => db.run("UPDATE workspaces SET slug = 'x'"));
  await store.close();
  expect(journalOf(path)).toBe('delete');
  expect(existsSync(`${path}-shm`)).toBe(false);
  const found = await inspectDatabase({ kind: 'sqlite', path }, undefined);
  expect(found.remark).toContain('virtiofs');
});

test('back on a disk, a file gets its log again', async () => {
  const path = temporaryFile();
  on({ kind: 'shared', name: 'vboxsf' });
  const { store } = await connectWritable({ kind: 'sqlite', path });
  await store.migrate();
  await store.close();
  vi.mocked(judgeFileSystem).mockReturnValue({ kind: 'local', name: 'ext4' });
  const again = await openStore({ kind: 'sqlite', path });
  expect(await again.db.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  await again.close();
});

test('readers and writers of several processes share a rollback journal', async () => {
  on({ kind: 'shared', name: 'fuse.something' });
  const path = temporaryFile();
  const { store } = await connectWritable({ kind: 'sqlite', path });
  onTestFinished(() => store.close());
  await store.db.run('CREATE TABLE counts (n INTEGER NOT NULL) STRICT');
  await store.db.run('INSERT INTO counts VALUES (0)');
  const script = `const { DatabaseSync } = require('node:sqlite');
    const file = new DatabaseSync(process.argv[1]);
    file.exec('PRAGMA busy_timeout = 60000; PRAGMA journal_mode = TRUNCATE');
    for (let i = 0; i < 50; i += 1) {
      file.exec('BEGIN IMMEDIATE; UPDATE counts SET n = n + 1; COMMIT');
      file.prepare('SELECT n FROM counts').get();
    }`;
  const together = ['&', '&', '&'].map((end) => `"$NODE" -e "$SCRIPT" "$FILE" ${end}`).join('\n');
  const { status } = spawnSync('sh', ['-c', `${together}\nwait`], {
    env: { NODE: process.execPath, SCRIPT: script, FILE: path, NODE_NO_WARNINGS: '1' },
  });
  expect(status).toBe(0);
  expect(await store.db.query('SELECT n FROM counts')).toEqual([{ n: 150 }]);
});
