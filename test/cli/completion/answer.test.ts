import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findListContext } from '../../../lib/access/find-context.ts';
import { stateFolder } from '../../../lib/config/paths.ts';
import { snapshotIdOf } from '../../../lib/config/snapshot-id.ts';
import { LogAnswer } from '../../../lib/model/answers/task.ts';
import { saveSnapshot } from '../../../lib/state/snapshot.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

async function offered(harness: CliHarness, ...words: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await harness.run('__complete', 'zsh', '--', ...words);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  // Not even a line: a shell would offer it.
  expect(stdout).not.toMatch(/^\n/);
  return stdout.trimEnd();
}

test('keys are offered with their titles, the most urgent first, by what a verb is for', async () => {
  const harness = openCliHarness();
  const later = await harness.create('Later');
  const urgent = await harness.create('Urgent', '-p', '0');
  const blocked = await harness.create('Blocked');
  await harness.text('block', blocked, '--reason', 'The key');
  const done = await harness.create('Done');
  await harness.text('close', done);
  expect(await offered(harness, 'claim', '')).toBe(`${urgent} Urgent\n${later} Later`);
  expect(await offered(harness, 'close', '')).toBe(
    `${blocked} Blocked\n${urgent} Urgent\n${later} Later`,
  );
  expect(await offered(harness, 'unblock', '')).toBe(`${blocked} Blocked`);
  expect(await offered(harness, 'reopen', '')).toBe(`${done} Done`);
  expect(await offered(harness, 'show', done)).toBe(`${done} Done`);
  expect(await offered(harness, 'show', done.replace('web-', ''))).toBe(
    `${done.replace('web-', '')} Done`,
  );
});

test('clients, projects and infrastructure are offered by their names', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme Corp');
  await harness.text('infra', 'add', 'nas-1');
  expect(await offered(harness, 'create', 'T', '--client', '')).toBe('acme-corp Acme Corp');
  expect(await offered(harness, 'infra', 'show', 'n')).toBe('nas-1 nas-1');
  expect(await offered(harness, 'project', 'show', '')).toBe('');
});

test('completing writes nothing: no list is made or joined, and nothing happens in one', async () => {
  const harness = openCliHarness();
  expect(await offered(harness, 'show', '')).toBe('');
  expect(existsSync(harness.database)).toBe(false);
  await harness.create('Task');
  const { events } = await harness.json(LogAnswer, 'log');
  for (const verb of ['close', 'cancel', 'claim']) await offered(harness, verb, '');
  expect((await harness.json(LogAnswer, 'log')).events).toEqual(events);
});

test('outside a list, and with a database that is not trusted, nothing is said', async () => {
  const harness = openCliHarness();
  expect(await offered(harness.with({ cwd: '/' }), 'show', '')).toBe('');
  const away = harness.with({ env: { DOCKET_DATABASE: 'mysql://127.0.0.1:1/tasks' } });
  expect(await offered(away, 'show', '')).toBe('');
  expect(await offered(away.with({ cwd: undefined }), 'lis')).toContain('list ');
});

test('while the database is away the tasks are offered that a prompt showed last', async () => {
  const harness = openCliHarness();
  await harness.text('list');
  const id = snapshotIdOf(findListContext({ env: harness.env, cwd: harness.project }));
  const task = { priority: 1, title: 'Shown before', plan: null };
  const counts = { inProgress: 0, blocked: 0, ready: 1, waiting: 0 };
  const sections = { mine: [], others: [], blocked: [], waiting: [] };
  saveSnapshot(stateFolder(harness.env), id, {
    readAt: Date.now(),
    list: {
      ...{ slug: 'web', seq: 1, at: '2026-11-28T10:00:00.000Z', counts },
      ...{ ...sections, ready: [{ ...task, key: 'web-k3f9' }] },
    },
  });
  writeFileSync(harness.database, 'no database');
  expect(await offered(harness, 'claim', 'web-')).toBe('web-k3f9 Shown before');
});
