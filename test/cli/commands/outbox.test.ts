import { cpSync, existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { keepSessionAlive } from '../../../lib/briefing/heartbeat.ts';
import { findHookContext } from '../../../lib/briefing/hook-context.ts';
import { briefSessionStart } from '../../../lib/briefing/session-start.ts';
import { OutboxAnswer, OutboxSent, QueuedAnswer } from '../../../lib/model/answers/queued.ts';
import { NoteAnswer, TaskDetail } from '../../../lib/model/answers/task.ts';
import { takeNews } from '../../../lib/state/agent-news.ts';
import { heartbeatFile } from '../../../lib/state/heartbeat.ts';
import { snapshotOf } from '../../outbox/known-here.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

/** Takes the file away, as a disk that is not mounted; gives what brings it back. */
function takeAway({ database }: CliHarness): () => void {
  const away = `${dirname(database)}-away`;
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(database + end)) renameSync(database + end, away + end);
  }
  return () => {
    for (const end of ['', '-wal', '-shm']) {
      if (existsSync(away + end)) renameSync(away + end, database + end);
    }
  };
}

const queuesOf = ({ home }: CliHarness) => join(home, 'data/docket/outbox');

test('a task is created with its final key while the database is away, and a note on it follows', async () => {
  const alice = openCliHarness();
  await alice.create('Before');
  const back = takeAway(alice);
  const { queued } = await alice.json(QueuedAnswer, 'create', 'Fix the login', '--priority', '1');
  const [key = ''] = queued.makes;
  expect(key).toMatch(/^web-[a-z2-9]{6}$/);
  expect(await alice.text('note', key, 'It loops')).toContain(`queued: note ${key}`);
  expect(await alice.text('outbox')).toMatch(
    /^Waiting \(2\)\n {2}\w{6} {2}create web-\w{6}: Fix the login \(just now, alice@one\)\n {2}\w{6} {2}note web-\w{6}: It loops/,
  );
  back();
  const lines: string[] = [];
  const { task, notes } = await alice.with({ progress: (line) => lines.push(line) }).show(key);
  expect(lines).toEqual(['Of what was queued while the database was away, 2 changes arrived']);
  expect(task).toMatchObject({ id: queued.taskId, title: 'Fix the login', priority: 1 });
  expect(notes).toMatchObject([{ text: 'It loops', actor: 'alice@one' }]);
  expect(await alice.text('outbox')).toBe('Nothing is queued: every change has arrived.');
  expect(readdirSync(queuesOf(alice)).filter((name) => !name.endsWith('.lock'))).toEqual([]);
});

test('a writing command comes after what was queued before it', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const back = takeAway(alice);
  expect(await alice.text('note', key, 'first')).toContain(
    '\n1 change waits, and goes with the next command that reaches it.\n',
  );
  back();
  const { note } = await alice.json(NoteAnswer, 'note', key, 'second');
  expect(note.text).toBe('second');
  expect((await alice.show(key)).notes.map(({ text }) => text)).toEqual(['first', 'second']);
});

test('a close is queued by who is known to hold the task, and refused to all others', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  await snapshotOf(alice);
  await alice.text('claim', key);
  const back = takeAway(alice);
  const bob = alice.with({ env: { DOCKET_SESSION: 'session-b', DOCKET_ACTOR: 'bob@two' } });
  expect(await bob.error('close', key)).toMatchObject({
    code: 'unreachable',
    exitCode: 69,
    hint: expect.stringContaining(`Not queued: ${key} is claimed by alice@one`),
  });
  const other = await alice.error('close', 'web-zzzz');
  expect(other.hint).toContain('Not queued: this machine does not know whether you hold web-zzzz');
  const { queued } = await alice.json(
    QueuedAnswer,
    ...['close', key, '--outcome', 'Done', '--follow-up', 'Tidy up'],
  );
  expect((await alice.error('close', key)).hint).toContain('is closed by a change that is queued');
  back();
  const { task } = await alice.show(key);
  expect(task).toMatchObject({ status: 'completed', outcome: 'Done' });
  expect((await alice.show(queued.makes[0] ?? '')).task.title).toBe('Tidy up');
});

test.each([
  ['claim', ['claim', 'web-zzzz']],
  ['release', ['release', 'web-zzzz']],
  ['update', ['update', 'web-zzzz', '--priority', '1']],
])('%s is refused while the database is away, and says what is queued', async (_, argv) => {
  const alice = openCliHarness();
  await alice.create('Before');
  takeAway(alice);
  const { code, exitCode, hint } = await alice.error(...argv);
  expect([code, exitCode]).toEqual(['unreachable', 69]);
  expect(hint).toContain(
    'Meanwhile create, note, report, and block and close of what you hold are queued',
  );
  expect(existsSync(queuesOf(alice))).toBe(false);
});

test('a change that conflicts is kept with the reason, with what follows it, and others go on', async () => {
  const alice = openCliHarness();
  const [first, second] = [await alice.create('First'), await alice.create('Second')];
  await snapshotOf(alice);
  await alice.text('claim', first);
  const back = takeAway(alice);
  await alice.text('block', first, '--reason', 'Waits for the key');
  await alice.text('close', first, '--outcome', 'Done');
  await alice.text('note', second, 'goes on');
  back();
  const bob = alice.with({
    env: {
      DOCKET_SESSION: 'session-b',
      DOCKET_ACTOR: 'bob@two',
      XDG_DATA_HOME: join(alice.home, 'b'),
    },
  });
  await bob
    .with({})
    .text(
      'close',
      first,
      '--force',
      '--outcome',
      'By bob',
      '--database',
      `sqlite:${alice.database}`,
    );
  expect((await alice.show(second)).notes.map(({ text }) => text)).toEqual(['goes on']);
  const { entries } = await alice.json(OutboxAnswer, 'outbox', 'list');
  expect(entries).toMatchObject([
    { state: 'kept', verb: 'block', reason: `${first} was completed meanwhile` },
    { state: 'kept', verb: 'close', reason: `it follows ${entries[0]?.id}, which is kept` },
  ]);
  expect((await alice.show(first)).task.outcome).toBe('By bob');
  const sent = await alice.json(OutboxSent, 'outbox', 'retry', entries[0]?.id ?? '');
  expect(sent).toMatchObject({ arrived: 0, kept: 2, left: 0 });
  for (const { id } of entries) await alice.text('outbox', 'drop', id);
  expect(await alice.text('outbox')).toContain('Nothing is queued');
});

test('what is queued stands in the last list as such', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Held');
  await alice.text('claim', key);
  await snapshotOf(alice);
  takeAway(alice);
  await alice.text('create', 'New');
  await alice.text('close', key, '--outcome', 'Done');
  const cached = await alice.text('list', '--cached');
  expect(cached).toMatch(/web-\w{6} {2}P2 {2}\[ \] New \(queued\)/);
  expect(cached).toContain('last note: close (queued): Done');
});

test('a queue is for its person alone', async () => {
  const alice = openCliHarness();
  await alice.create('Before');
  takeAway(alice);
  const { queued } = await alice.json(QueuedAnswer, 'create', 'Secret');
  const { entries } = await alice.json(OutboxAnswer, 'outbox', 'list');
  expect(entries.map(({ id }) => id)).toEqual([queued.id]);
  const file = entries[0]?.file ?? '';
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
});

test('a heartbeat sends what is queued, the session is told, and a session that begins hears of it', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const back = takeAway(alice);
  await alice.text('note', key, 'queued');
  back();
  const { env, project } = alice;
  const hook = findHookContext({ session_id: 'a-session', cwd: project }, env);
  if (hook === undefined) throw new Error('the project has no list');
  const start = { env, now: Date.now(), source: 'startup', binFolder: '/nowhere' };
  const { systemMessage } = await briefSessionStart(hook, start);
  expect(systemMessage).toContain(
    'docket: 1 change queued while the database was away: docket outbox.',
  );
  heartbeatFile(hook.stateFolder, 'a-session').unmark();
  await keepSessionAlive(hook, env, Date.now());
  expect(takeNews(hook.stateFolder, 'a-session')).toBe(
    'Of what was queued while the database was away, 1 change arrived.',
  );
  expect((await alice.show(key)).notes.map(({ text }) => text)).toEqual(['queued']);
  expect((await briefSessionStart(hook, start)).systemMessage).not.toContain('queued');
});

test('a queue that a project has brought along is none, in a session of Claude Code', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const back = takeAway(alice);
  await alice.text('note', key, 'a stranger');
  back();
  // The settings of a project can set any variable.
  const brought = join(alice.project, 'data');
  cpSync(join(alice.home, 'data'), brought, { recursive: true });
  const env = {
    XDG_DATA_HOME: brought,
    CLAUDECODE: '1',
    DOCKET_DATABASE: `sqlite:${alice.database}`,
  };
  await alice.text('trust', `sqlite:${alice.database}`);
  const { notes } = await alice.with({ env }).show(key);
  expect(notes).toEqual([]);
  expect(await alice.with({ env }).error('outbox')).toMatchObject({ code: 'not_trusted' });
});

test('what is queued for a list that moves meanwhile arrives where it goes on, once', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Before');
  const back = takeAway(alice);
  await alice.text('note', key, 'first');
  const { queued } = await alice.json(QueuedAnswer, 'create', 'Made offline');
  const [made = ''] = queued.makes;
  await alice.text('note', made, 'second');
  back();
  const to = `sqlite:${join(alice.home, 'new.db')}`;
  await alice.text('copy', to, '--leave');
  const told: string[] = [];
  await alice.with({ progress: (line) => told.push(line) }).text('list');
  expect(told.join('\n')).toContain(
    '3 queued changes wait for the database that the list has moved to: docket outbox',
  );
  expect(await alice.error('note', key, 'third')).toMatchObject({ code: 'list_moved' });
  expect(await alice.text('outbox')).toContain(
    `3 changes are queued for this list in ${to}: docket outbox --database '${to}'`,
  );
  const there = ['--database', to];
  expect((await alice.json(OutboxAnswer, 'outbox', ...there)).entries).toMatchObject([
    { state: 'waiting', verb: 'note' },
    { state: 'waiting', verb: 'create', makes: [made] },
    { state: 'waiting', verb: 'note', about: [made] },
  ]);
  expect(await alice.text('list', ...there)).toContain('Made offline');
  const { task, notes } = await alice.json(TaskDetail, 'show', made, ...there);
  expect(task.id).toBe(queued.taskId);
  expect(notes).toMatchObject([{ text: 'second' }]);
  expect((await alice.json(TaskDetail, 'show', key, ...there)).notes).toMatchObject([
    { text: 'first' },
  ]);
  expect(await alice.text('outbox', ...there)).toBe('Nothing is queued: every change has arrived.');
});
