import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

test('what was claimed or started in a terminal without prompts is closed while the database is away', async () => {
  const alice = openCliHarness();
  const carol = alice.with({ env: { DOCKET_SESSION: '', DOCKET_ACTOR: 'carol@three' } });
  const claimed = await carol.create('Claimed');
  const started = await carol.create('Started');
  const released = await carol.create('Released');
  const taken = await carol.create('Taken');
  await carol.text('claim', claimed, released, taken);
  await carol.text('start', started);
  await carol.text('release', released);
  await alice.text('claim', taken, '--steal', '--force');
  const back = takeAway(alice);
  for (const key of [claimed, started]) {
    expect(await carol.text('close', key, '--outcome', 'Done')).toContain(`queued: close ${key}`);
  }
  expect((await carol.error('close', released)).hint).toContain(
    `this machine does not know whether you hold ${released}`,
  );
  expect((await carol.error('close', taken)).hint).toContain(`${taken} is claimed by alice@one`);
  back();
  expect((await carol.show(claimed)).task).toMatchObject({ status: 'completed', outcome: 'Done' });
  expect((await carol.show(started)).task.status).toBe('completed');
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
    'docket: 1 change queued while the database was away: docket outbox list.',
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
    '3 queued changes wait for the database that the list has moved to: docket outbox list',
  );
  expect(await alice.error('note', key, 'third')).toMatchObject({ code: 'list_moved' });
  expect(await alice.text('outbox')).toContain(
    `3 changes are queued for this list in ${to}: docket outbox list --database '${to}'`,
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

test('a folder with the name of a change is kept and told, and nothing else is held up by it', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const back = takeAway(alice);
  await alice.text('note', key, 'queued');
  const { entries } = await alice.json(OutboxAnswer, 'outbox', 'list');
  const folder = join(dirname(entries[0]?.file ?? ''), `000009-${randomUUID()}.json`);
  mkdirSync(folder);
  const [, { id = '', state, reason } = {}] = (await alice.json(OutboxAnswer, 'outbox', 'list'))
    .entries;
  expect([state, reason]).toEqual(['damaged', 'is not a file']);
  expect(await alice.error('outbox', 'drop', id)).toMatchObject({
    code: 'invalid_config',
    message: expect.stringContaining(`${folder} cannot be removed (it is a folder, `),
  });
  back();
  expect((await alice.show(key)).notes.map(({ text }) => text)).toEqual(['queued']);
  expect(existsSync(folder)).toBe(true);
});

test('a queue that cannot be read keeps nobody from looking, and holds up what is written', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const back = takeAway(alice);
  await alice.text('note', key, 'queued');
  back();
  const { entries } = await alice.json(OutboxAnswer, 'outbox', 'list');
  const folder = dirname(entries[0]?.file ?? '');
  renameSync(folder, `${folder}-away`);
  writeFileSync(folder, 'no folder');
  const told: string[] = [];
  const list = await alice.with({ progress: (line) => told.push(line) }).text('list');
  expect(list).toContain(key);
  expect(told).toEqual([`what is queued in ${folder} cannot be read: ENOTDIR`]);
  for (const argv of [
    ['note', key, 'later'],
    ['outbox', 'list'],
  ]) {
    expect(await alice.error(...argv)).toMatchObject({
      code: 'invalid_config',
      message: `what is queued in ${folder} cannot be read: ENOTDIR`,
    });
  }
  rmSync(folder);
  renameSync(`${folder}-away`, folder);
  expect((await alice.show(key)).notes.map(({ text }) => text)).toEqual(['queued']);
});

test('what is queued for a database that is gone for good goes to the one that its list was restored to, once', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Before');
  const gone = takeAway(alice);
  await alice.text('note', key, 'first');
  const queues = queuesOf(alice);
  cpSync(queues, `${queues}-before`, { recursive: true });
  gone();
  // It arrives, and its process is killed before it takes it out of the queue.
  await alice.text('list');
  await alice.text('backup', join(alice.home, 'backups'));
  rmSync(queues, { recursive: true });
  renameSync(`${queues}-before`, queues);
  takeAway(alice);
  const { queued } = await alice.json(QueuedAnswer, 'create', 'Made offline');
  const [backup = ''] = readdirSync(join(alice.home, 'backups'));
  const to = `sqlite:${join(alice.home, 'new.db')}`;
  const there = ['--database', to];
  await alice.text('restore', join(alice.home, 'backups', backup), ...there);
  const from = `sqlite:${alice.database}`;
  expect(await alice.text('outbox', ...there)).toBe(
    [
      `2 changes are queued for this list in ${from}: docket outbox list --database '${from}'`,
      `  If that database is gone for good, docket outbox move '${from}' sends it here`,
    ].join('\n'),
  );
  expect(await alice.text('outbox', 'move', from, ...there)).toBe(
    'Moved 2 changes here\n2 arrived',
  );
  const [made = ''] = queued.makes;
  const { task } = await alice.json(TaskDetail, 'show', made, ...there);
  expect(task).toMatchObject({ id: queued.taskId, title: 'Made offline' });
  const { notes } = await alice.json(TaskDetail, 'show', key, ...there);
  expect(notes.map(({ text }) => text)).toEqual(['first']);
  expect(await alice.text('outbox', ...there)).toBe('Nothing is queued: every change has arrived.');
  expect(await alice.error('outbox', 'move', from, ...there)).toMatchObject({
    code: 'not_found',
    message: `nothing is queued for this list in ${from}`,
  });
});

test('what is queued is not moved to a database that does not have its list, and none is begun there', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Before');
  takeAway(alice);
  await alice.text('note', key, 'queued');
  const from = `sqlite:${alice.database}`;
  const to = `sqlite:${join(alice.home, 'other.db')}`;
  await alice.text('migrate', '--database', to);
  for (let tries = 0; tries < 2; tries += 1) {
    expect(await alice.error('outbox', 'move', from, '--database', to)).toMatchObject({
      code: 'not_found',
      message: `${to} does not have the list web`,
    });
  }
  expect((await alice.json(OutboxAnswer, 'outbox', '--database', from)).entries).toHaveLength(1);
});
