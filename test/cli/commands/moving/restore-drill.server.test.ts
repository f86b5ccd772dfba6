import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BackupAnswer, RestoreAnswer } from '../../../../lib/model/answers/backup.ts';
import { BootstrapAnswer } from '../../../../lib/model/answers/set-up.ts';
import { openStore } from '../../../../lib/tracker/database/open.ts';
import { findViolations } from '../../../conformance/invariants/check-invariants.ts';
import { startDolt } from '../../../engines/dolt.ts';
import { startMariadb } from '../../../engines/mariadb.ts';
import type { RunningServer } from '../../../engines/running-server.ts';
import type { Server } from '../../../engines/server.ts';
import { type CliHarness, openCliHarness, workspace } from '../../cli-harness.ts';

/** The docket of an administrator, of a person and of who backs up, on a server with their users. */
async function peopleOn({ url, port }: Server) {
  const plain = `mysql://127.0.0.1:${port}/docket`;
  const admin = openCliHarness().with({ env: { DOCKET_DATABASE: plain, DOCKET_USER: 'root' } });
  const made = await admin.json(
    BootstrapAnswer,
    ...['server', 'bootstrap', url('docket'), '--user', 'alice', '--backups'],
  );
  const as = async (name: string) => {
    const password = made.users.find((user) => user.name === name)?.password ?? '';
    const env = { DOCKET_DATABASE: plain, DOCKET_USER: name, DOCKET_PASSWORD: password };
    const harness = openCliHarness().with({ env });
    await harness.text('trust', plain);
    return harness;
  };
  await admin.text('trust', plain);
  return { admin, alice: await as('alice'), keeper: await as('docket_backup'), made, plain };
}

/** Creates tasks until the server is gone, and notes each that was acknowledged. */
async function writeOn(alice: CliHarness, name: string, said: string[]): Promise<void> {
  const harness = alice.with({ env: { DOCKET_SESSION: `session-${name}` } });
  for (let number = 0; ; number += 1) {
    const { exitCode, stdout } = await harness.run('create', `${name} ${number}`);
    if (exitCode !== 0 || stdout.startsWith('queued: ')) return;
    said.push(`${name} ${number}`);
  }
}

async function rowsOf(server: Server, sql: string): Promise<readonly Record<string, unknown>[]> {
  const connection = await server.connect('docket');
  try {
    const [rows] = await connection.query(sql);
    return rows as Record<string, unknown>[];
  } finally {
    await connection.end();
  }
}

const historyOf = (server: Server) => rowsOf(server, 'SELECT * FROM task_events ORDER BY seq');

interface Drill {
  readonly name: string;
  readonly start: () => Promise<RunningServer>;
  /** Where the backup goes, in a folder of the test. */
  readonly to: (folder: string) => string;
  readonly hasCommits: boolean;
}

const drills: readonly Drill[] = [
  { name: 'MariaDB, to a dump', start: startMariadb, to: (folder) => folder, hasCommits: false },
  { name: 'Dolt, to a dump', start: startDolt, to: (folder) => folder, hasCommits: false },
  {
    name: 'Dolt, by itself',
    start: startDolt,
    to: (folder) => `file://${folder}/docket`,
    hasCommits: true,
  },
];

test.each(drills)('a server that dies while all write comes back: $name', async (drill) => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-drill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const first = await drill.start();
  onTestFinished(() => first.stop());
  const { alice, keeper } = await peopleOn(first);
  const before: string[] = [];
  const writers = ['one', 'two', 'three'].map((name) => writeOn(alice, name, before));
  while (before.length < 12) await new Promise((resolve) => setTimeout(resolve, 10));
  const acknowledged = [...before];
  const made = await keeper.json(BackupAnswer, 'backup', drill.to(folder));
  const history = await historyOf(first);
  const commits = drill.hasCommits
    ? await rowsOf(first, 'SELECT commit_hash, message FROM dolt_log')
    : [];
  const count = before.length;
  while (before.length < count + 3) await new Promise((resolve) => setTimeout(resolve, 10));
  await first.halt('SIGKILL');
  await Promise.all(writers);
  await first.stop();

  const second = await drill.start();
  onTestFinished(() => second.stop());
  const plain = `mysql://127.0.0.1:${second.port}/docket`;
  const root = openCliHarness().with({ env: { DOCKET_USER: 'root' } });
  const from =
    made.kind === 'dolt'
      ? made.to
      : join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
  const restored = await root.json(RestoreAnswer, 'restore', from, '--database', plain);
  expect(restored).toMatchObject({
    madeDatabase: true,
    lists: [{ slug: 'web' }],
    // Dolt's own backup names nobody.
    next: `docket server bootstrap 'mysql://root@127.0.0.1:${second.port}/docket' --user ${made.kind === 'dolt' ? 'NAME' : 'alice --backups'}`,
  });
  const found = await historyOf(second);
  expect(found).toEqual(history.slice(0, found.length));
  if (drill.hasCommits) {
    const kept = await rowsOf(second, 'SELECT commit_hash, message FROM dolt_log');
    expect(kept.length).toBeGreaterThan(acknowledged.length);
    expect(commits.slice(commits.length - kept.length)).toEqual(kept);
  }
  const titles = new Set(
    (await rowsOf(second, 'SELECT title FROM tasks')).map(({ title }) => title),
  );
  expect(acknowledged.filter((title) => !titles.has(title))).toEqual([]);
  const again = await root.error('restore', from, '--database', plain);
  expect(again).toMatchObject({ code: 'conflict', message: expect.stringContaining('it has web') });

  const users = await peopleOn(second);
  expect(users.made.users.map(({ change }) => change)).toEqual(['made', 'made', 'made']);
  const key = await users.alice.create('After the drill', '--priority', '0');
  await users.alice.text('claim', key);
  await users.alice.text('note', key, 'still here');
  await users.alice.text('close', key, '--outcome', 'works');
  expect(await users.alice.text('list', '--all')).toContain('one 0');
  const store = await openStore({
    ...{ kind: 'mysql', host: '127.0.0.1', port: second.port, database: 'docket' },
    ...{ user: 'root', password: '', tls: 'off' },
  });
  onTestFinished(() => store.close());
  expect(await findViolations(store.db, workspace.id)).toEqual([]);
  // Whoever backs up goes on, on the new server.
  await users.keeper.text('backup', drill.to(join(folder, 'next')));
});
