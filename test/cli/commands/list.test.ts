import { expect, test } from 'vitest';
import { TaskList } from '../../../lib/model/answers/task.ts';
import { saveSnapshot } from '../../../lib/state/snapshot.ts';
import { openCliHarness, workspace } from '../cli-harness.ts';

test('an empty list says how to add a task', async () => {
  expect(await openCliHarness().text('list')).toContain('docket create TITLE');
});

test('one line a task: what runs, what is stuck, what comes', async () => {
  const harness = openCliHarness();
  const ready = await harness.create('Ready', '--priority', '0');
  const claimed = await harness.create('Claimed');
  const blocked = await harness.create('Blocked');
  const waiting = await harness.create('Waiting', '--needs', `${ready},${claimed}`);
  await harness.text('claim', claimed);
  await harness.text('block', blocked, 'the vendor is slow');
  expect((await harness.text('list')).split('\n')).toEqual([
    `${claimed}  P2  [→] Claimed  (you, now)`,
    `${blocked}  P2  [!] Blocked  (blocked: the vendor is slow)`,
    `${ready}  P0  [ ] Ready`,
    `${waiting}  P2  [ ] Waiting  (needs ${ready}, ${claimed})`,
  ]);
});

test('another session sees who holds a claim', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  expect(await bob.text('list')).toBe(`${key}  P2  [→] Task  (alice@one#session-a, now)`);
});

test('closed tasks are shown on request alone', async () => {
  const harness = openCliHarness();
  const open = await harness.create('Open');
  const done = await harness.create('Done');
  const dropped = await harness.create('Dropped');
  await harness.text('close', done);
  await harness.text('cancel', dropped);
  const keys = async (...flags: readonly string[]) =>
    (await harness.json(TaskList, 'list', ...flags)).tasks.map(({ key }) => key);
  expect(await keys()).toEqual([open]);
  expect(await keys('--all')).toEqual([open, done, dropped]);
  expect(await keys('--status', 'closed')).toEqual([done, dropped]);
  expect(await keys('--status', 'open')).toEqual([open]);
  expect(await keys('--status', 'cancelled,completed')).toEqual([done, dropped]);
  expect(await keys('--status', 'pending', '--status', 'completed')).toEqual([open, done]);
});

test('what is left out is counted, with the command that shows it', async () => {
  const harness = openCliHarness();
  for (const title of ['a', 'b', 'c']) await harness.create(title);
  const argv = ['list', '--limit', '1', '--status', 'open'];
  const { stdout, stderr } = await harness.run(...argv);
  expect(stdout.split('\n')).toHaveLength(2);
  const rest = '+2 more\n  try: docket list --status open --limit 3\n';
  expect(stderr).toBe(rest);
  const shown = await harness.with({ style: { width: 80, colour: false } }).run(...argv);
  expect(shown).toMatchObject({ stdout: `${stdout}${rest}`, stderr: '' });
  expect((await harness.text('list', '--status', 'open', '--limit', '3')).split('\n')).toHaveLength(
    3,
  );
});

test('--all-workspaces shows the tasks of other projects in the database', async () => {
  const harness = openCliHarness();
  const own = await harness.create('Own');
  // Outside any repository and project: the person's own list.
  const elsewhere = harness.with({ cwd: harness.home });
  const other = await elsewhere.create('Other');
  expect(await harness.text('list')).not.toContain(other);
  const all = await harness.text('list', '--all-workspaces');
  expect(all).toContain(own);
  expect(all).toContain(other);
});

test.for([['--status', 'done'], ['--limit', '0'], ['--limit', 'all'], ['extra']])(
  'docket list %s is refused',
  async (argv) => {
    expect(await openCliHarness().error('list', ...argv)).toMatchObject({
      code: 'usage',
      exitCode: 2,
    });
  },
);

test('--cached shows the list as a prompt last showed it, with its age', async () => {
  const harness = openCliHarness();
  expect((await harness.error('list', '--cached')).message).toContain('no prompt');
  const list = {
    slug: 'web',
    seq: 3,
    at: '2026-11-21T10:02:00.000Z',
    mine: [],
    others: [],
    blocked: [],
    ready: [{ key: 'web-a3b2', priority: 0, title: 'Rotate the key', plan: null }],
    waiting: [],
    counts: { inProgress: 0, blocked: 0, ready: 1, waiting: 0 },
  };
  saveSnapshot(
    `${harness.env.XDG_STATE_HOME}/docket`,
    { database: `sqlite:${harness.database}`, workspace: workspace.id },
    { list, readAt: Date.now() - 5 * 60_000 },
  );
  const text = await harness.text('list', '--cached');
  expect(text).toBe(
    [
      'web as a prompt on this machine last showed it, 5 min ago:',
      'web-a3b2  P0  [ ] Rotate the key',
    ].join('\n'),
  );
});

test('subtasks stand under their parent, however urgent they are', async () => {
  const harness = openCliHarness();
  await harness.text('plan', '# Big\n- [ ] one\n- [ ] two');
  const other = await harness.create('Other', '--priority', '0');
  const [, key = ''] = /^(\S+) .*Big/m.exec(await harness.text('list')) ?? [];
  await harness.text('update', `${key}.2`, '--priority', '0');
  const keys = (await harness.text('list')).split('\n').map((line) => /^ *\S+/.exec(line)?.[0]);
  expect(keys).toEqual([other, key, `  ${key}.1`, `  ${key}.2`]);
});

test.for([['--status', 'blocked'], ['--all'], ['--all-workspaces'], ['--limit', '1']])(
  '--cached takes no %s, which would choose other tasks',
  async (flags) => {
    const error = await openCliHarness().error('list', '--cached', ...flags);
    expect(error).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(flags.join(' ')),
    });
    expect(error.hint).toBe(
      `docket list --cached, or from the database: docket list ${flags.join(' ')}`,
    );
  },
);

test('flags choose tasks, each further one fewer of them', async () => {
  const harness = openCliHarness();
  const urgent = await harness.create('Mend the import', '--priority', '0', '--type', 'bugfix');
  const held = await harness.create('Import of invoices', '--priority', '1');
  await harness.create('Something else', '--agent', 'coding');
  await harness.text('claim', held);
  const keys = async (...flags: readonly string[]) =>
    (await harness.json(TaskList, 'list', ...flags)).tasks.map(({ key }) => key);
  expect(await keys('--text', 'IMPORT')).toEqual([held, urgent]);
  expect(await keys('--text', 'import', '--type', 'bugfix,research')).toEqual([urgent]);
  expect(await keys('--mine')).toEqual([held]);
  expect(await keys('--who', 'alice')).toEqual([held]);
  expect(await keys('--who', 'bob')).toEqual([]);
  expect(await keys('--agent', 'coding')).toHaveLength(1);
  for (const priority of ['0-1', 'P0,P1', '1,0', 'p0-p1'])
    expect(await keys('--priority', priority)).toEqual([held, urgent]);
  expect(await keys('--sort', 'title', '--priority', '0-1')).toEqual([held, urgent]);
  expect(await keys('--sort', 'created')).toEqual(
    (await keys()).toSorted((a, b) => order(b) - order(a)),
  );
  function order(key: string): number {
    return key === urgent ? 0 : key === held ? 1 : 2;
  }
});

test('what filters leave out is said with them, and nothing that passes with a way back', async () => {
  const harness = openCliHarness();
  for (const title of ["Bob's one", "Bob's two", 'Other']) await harness.create(title);
  const { stderr } = await harness.run(
    'list',
    '--text',
    "bob's",
    '--priority',
    '2',
    '--limit',
    '1',
  );
  expect(stderr).toBe(`+1 more\n  try: docket list --priority 2 --text "bob's" --limit 2\n`);
  expect(await harness.text('list', '--text', 'nothing')).toBe(
    'No task is like that.\n  try: docket list',
  );
});

test.for([
  ['--priority', '5'],
  ['--priority', '2-1'],
  ['--sort', 'age'],
  ['--type', 'work'],
])('docket list %s %s is refused', async (argv) => {
  expect(await openCliHarness().error('list', ...argv)).toMatchObject({ code: 'usage' });
});

test('a program is given the whole list, and a person a screen or two', async () => {
  const harness = openCliHarness();
  await harness.text('plan', `# Big\n${'- [ ] step\n'.repeat(60)}`);
  expect((await harness.text('list')).split('\n')).toHaveLength(61);
  expect((await harness.text('ready', '--sort', 'key')).split('\n')).toHaveLength(1);
  expect((await harness.json(TaskList, 'list')).tasks).toHaveLength(61);
  const person = harness.with({ style: { width: 80, colour: false } });
  const lines = (await person.text('list')).split('\n');
  expect(lines.slice(50)).toEqual(['+11 more', '  try: docket list --limit 61']);
  expect((await person.json(TaskList, 'list')).tasks).toHaveLength(61);
});

test('a named database that does not answer leads to the doctor of that one', async () => {
  const url = 'mysql://127.0.0.1:1/docket';
  for (const words of [['list'], ['create', 'Rotate the signing key']]) {
    const { hint } = await openCliHarness().error(...words, '--database', url);
    expect(hint).toBe(`docket doctor --database '${url}' says why`);
  }
});
