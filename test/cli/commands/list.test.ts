import { expect, test } from 'vitest';
import { TaskList } from '../../../lib/model/answers/task.ts';
import { saveSnapshot } from '../../../lib/state/snapshot.ts';
import { openDesk, workspace } from '../desk.ts';

test('an empty list says how to add a task', async () => {
  expect(await openDesk().text('list')).toContain('docket create TITLE');
});

test('one line a task: what runs, what is stuck, what comes', async () => {
  const desk = openDesk();
  const ready = await desk.create('Ready', '--priority', '0');
  const claimed = await desk.create('Claimed');
  const blocked = await desk.create('Blocked');
  const waiting = await desk.create('Waiting', '--needs', `${ready},${claimed}`);
  await desk.text('claim', claimed);
  await desk.text('block', blocked, 'the vendor is slow');
  expect((await desk.text('list')).split('\n')).toEqual([
    `${claimed}  P2  [→] Claimed  (you, now)`,
    `${blocked}  P2  [!] Blocked  (blocked: the vendor is slow)`,
    `${ready}  P0  [ ] Ready`,
    `${waiting}  P2  [ ] Waiting  (needs ${ready}, ${claimed})`,
  ]);
});

test('another session sees who holds a claim', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  const bob = desk.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  expect(await bob.text('list')).toBe(`${key}  P2  [→] Task  (alice@one, now)`);
});

test('closed tasks are shown on request alone', async () => {
  const desk = openDesk();
  const open = await desk.create('Open');
  const done = await desk.create('Done');
  const dropped = await desk.create('Dropped');
  await desk.text('close', done);
  await desk.text('cancel', dropped);
  const keys = async (...flags: readonly string[]) =>
    (await desk.json(TaskList, 'list', ...flags)).tasks.map(({ key }) => key);
  expect(await keys()).toEqual([open]);
  expect(await keys('--all')).toEqual([open, done, dropped]);
  expect(await keys('--status', 'closed')).toEqual([done, dropped]);
  expect(await keys('--status', 'open')).toEqual([open]);
  expect(await keys('--status', 'cancelled,completed')).toEqual([done, dropped]);
  expect(await keys('--status', 'pending', '--status', 'completed')).toEqual([open, done]);
});

test('what is left out is counted, with the command that shows it', async () => {
  const desk = openDesk();
  for (const title of ['a', 'b', 'c']) await desk.create(title);
  const lines = (await desk.text('list', '--limit', '1', '--status', 'open')).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe('+2 more: docket list --status open --limit 3');
  expect((await desk.text('list', '--status', 'open', '--limit', '3')).split('\n')).toHaveLength(3);
});

test('--all-workspaces shows the tasks of other projects in the database', async () => {
  const desk = openDesk();
  const own = await desk.create('Own');
  // Outside any repository and project: the person's own list.
  const elsewhere = desk.with({ cwd: desk.home });
  const other = await elsewhere.create('Other');
  expect(await desk.text('list')).not.toContain(other);
  const all = await desk.text('list', '--all-workspaces');
  expect(all).toContain(own);
  expect(all).toContain(other);
});

test.for([['--status', 'done'], ['--limit', '0'], ['--limit', 'all'], ['extra']])(
  'docket list %s is refused',
  async (argv) => {
    expect(await openDesk().error('list', ...argv)).toMatchObject({ code: 'usage', exitCode: 2 });
  },
);

test('--cached shows the list as a prompt last showed it, with its age', async () => {
  const desk = openDesk();
  expect((await desk.error('list', '--cached')).message).toContain('no prompt');
  const list = {
    slug: 'web',
    seq: 3,
    at: '2026-11-21T10:02:00.000Z',
    mine: [],
    others: [],
    blocked: [],
    ready: [{ key: 'web-a3b2', priority: 0, title: 'Rotate the key' }],
    waiting: [],
    counts: { inProgress: 0, blocked: 0, ready: 1, waiting: 0 },
  };
  saveSnapshot(
    `${desk.env.XDG_STATE_HOME}/docket`,
    { database: `sqlite:${desk.database}`, workspace: workspace.id },
    { list, readAt: Date.now() - 5 * 60_000 },
  );
  const text = await desk.text('list', '--cached');
  expect(text).toContain('the list of 5 min ago');
  expect(text).toContain('web-a3b2 P0 Rotate the key');
});

test('subtasks stand under their parent, however urgent they are', async () => {
  const desk = openDesk();
  await desk.text('plan', '# Big\n- [ ] one\n- [ ] two');
  const other = await desk.create('Other', '--priority', '0');
  const [, key = ''] = /^(\S+) .*Big/m.exec(await desk.text('list')) ?? [];
  await desk.text('update', `${key}.2`, '--priority', '0');
  const keys = (await desk.text('list')).split('\n').map((line) => line.split(' ')[0]);
  expect(keys).toEqual([other, key, `${key}.1`, `${key}.2`]);
});
