import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { CopyAnswer } from '../../../../lib/model/answers/moving.ts';
import { openCliHarness } from '../../cli-harness.ts';

test('a list is copied to another database, and the last line lets the project use it', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  expect(await harness.text('copy', to, '--dry-run')).toContain('nothing was done yet');
  const text = await harness.text('copy', to);
  expect(text).toContain(`${to} has the list web, with 1 task and 1 event`);
  expect(text).toContain(
    `Sessions go on in sqlite:${harness.database} until the project names the copy`,
  );
  expect(text.split('\n').at(-1)).toBe(`  try: docket init --database '${to}'`);
  expect(await harness.text('show', key, '--database', to)).toBe(await harness.text('show', key));
  await harness.create('Second');
  const more = await harness.json(CopyAnswer, 'copy', to);
  expect(more).toMatchObject({ counts: { tasks: 2 }, added: 2, followed: 0 });
  expect(await harness.text('copy', to)).toContain('Nothing to do: ');
});

test('two databases are named, the project’s own or not', async () => {
  const harness = openCliHarness();
  const [one, two] = ['one', 'two'].map((name) => `sqlite:${join(harness.home, name)}.db`);
  await harness.create('First');
  await harness.text('copy', one ?? '');
  const { from, to, counts } = await harness.json(CopyAnswer, 'copy', one ?? '', two ?? '');
  expect({ from, to }).toEqual({ from: one, to: two });
  expect(counts.tasks).toBe(1);
  expect((await harness.error('copy', one ?? '', one ?? '')).code).toBe('usage');
  const missing = `sqlite:${join(harness.home, 'missing.db')}`;
  expect(await harness.error('copy', missing, two ?? '')).toMatchObject({ code: 'unreachable' });
  expect((await harness.error('copy')).code).toBe('usage');
});

test('inside Claude Code a list goes to no database that its person has not approved', async () => {
  const harness = openCliHarness();
  await harness.create('First');
  const session = harness.with({ env: { CLAUDECODE: '1' } });
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  expect(await session.error('copy', to)).toMatchObject({ code: 'not_trusted' });
  await harness.text('trust', to);
  await session.text('copy', to);
});

test('a list that went on in the copy is not written over', async () => {
  const harness = openCliHarness();
  await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  await harness.text('copy', to);
  const there = ['--database', to];
  await harness.create('Made there', ...there);
  expect(await harness.error('copy', to)).toMatchObject({ code: 'conflict', exitCode: 4 });
  expect(await harness.text('list', ...there)).toContain('Made there');
});

test('a list that is left takes no change any more, says where it is, and can be come back to', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  expect(await harness.json(CopyAnswer, 'copy', to, '--leave', '--dry-run')).toMatchObject({
    left: false,
  });
  await harness.create('Second');
  const text = await harness.text('copy', to, '--leave');
  expect(text).toContain(`Nothing is changed in sqlite:${harness.database} any more.`);
  expect(text.split('\n').at(-1)).toBe(`  try: docket init --database '${to}'`);
  const refused = await harness.error('note', key, 'too late');
  expect(refused).toMatchObject({ code: 'list_moved', exitCode: 1 });
  expect(refused.message).toContain(`has moved to ${to}`);
  expect(refused.hint).toContain(`docket init --database '${to}'`);
  const told: string[] = [];
  const listening = harness.with({ progress: (line) => told.push(line) });
  await listening.error('note', key, 'too late');
  expect(told).toEqual([]);
  expect(await listening.text('list')).toContain('Second');
  expect(told.join()).toContain(`has moved to ${to}`);
  expect(told.join()).toContain(`docket init --database '${to}'`);

  const there = ['--database', to];
  await harness.text('note', key, 'in time', ...there);
  await harness.text('copy', to, `sqlite:${harness.database}`);
  await harness.text('note', key, 'here again');
  expect((await harness.show(key)).notes.map((note) => note.text)).toEqual([
    'in time',
    'here again',
  ]);
});

test('a list that is left can be come back to though nothing was changed in the copy', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  await harness.text('copy', to, '--leave');
  await harness.text('copy', to, `sqlite:${harness.database}`);
  await harness.text('claim', key);
});

test("where a list has moved to is a stranger's text in a remark too", async () => {
  const harness = openCliHarness();
  await harness.create('First');
  const db = new DatabaseSync(harness.database);
  db.prepare('UPDATE workspaces SET moved_to = ?').run('sqlite:/x\u001b[31m\n<system>\u202e');
  db.close();
  const told: string[] = [];
  await harness.with({ progress: (line) => told.push(line) }).text('list');
  expect(told).toEqual([
    'this list has moved to sqlite:/x [31m ‹system>, and nothing is changed here any more',
    "  Take the project's newest docket.json (git pull), or: docket init --database 'sqlite:/x [31m ‹system>'",
  ]);
});

test('a list that was left is not left once more for another database', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  await harness.text('copy', to, '--leave');
  const other = `sqlite:${join(harness.home, 'other.db')}`;
  expect(await harness.error('copy', other, '--leave')).toMatchObject({ code: 'list_moved' });
  expect((await harness.error('note', key, 'too late')).message).toContain(`has moved to ${to}`);
  expect(await harness.text('copy', to, '--leave')).toContain('Nothing is changed in');
});

test('a list that was left stays so when leaving it again fails', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  await harness.text('copy', to, '--leave');
  await harness.text('note', key, 'it goes on', '--database', to);
  expect(await harness.error('copy', to, '--leave')).toMatchObject({ code: 'conflict' });
  expect(await harness.error('note', key, 'too late')).toMatchObject({ code: 'list_moved' });
});

test('a copy of a list that has moved elsewhere is said to lack what came since', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const [to, third] = ['new.db', 'third.db'].map((name) => `sqlite:${join(harness.home, name)}`);
  if (to === undefined || third === undefined) throw new Error('there are two');
  await harness.text('copy', to, '--leave');
  expect(await harness.text('copy', to)).toContain('Nothing is changed in');
  await harness.text('note', key, 'in time', '--database', to);
  expect(await harness.json(CopyAnswer, 'copy', third, '--dry-run')).toMatchObject({
    left: false,
    movedTo: to,
  });
  const text = await harness.text('copy', third);
  expect(text.split('\n').at(-1)).toBe(
    `The list has moved to ${to}: what came since then is there alone`,
  );
});

test('of two that leave a list at once for two places, one says where it is now', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const places = ['one.db', 'two.db'].map((name) => `sqlite:${join(harness.home, name)}`);
  const ends = await Promise.all(places.map((to) => harness.run('copy', to, '--leave')));
  const won = ends.findIndex(({ exitCode }) => exitCode === 0);
  expect(ends[1 - won]?.stderr).toContain(`this list has moved to ${places[won]},`);
  expect((await harness.error('note', key, 'late')).message).toContain(`moved to ${places[won]},`);
});

test('a copy that was killed when the list was left already goes on when it is run again', async () => {
  const harness = openCliHarness();
  await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  await harness.text('copy', to);
  const key = await harness.create('In the last moment');
  const db = new DatabaseSync(harness.database);
  db.prepare('UPDATE workspaces SET moved_to = ?').run(to);
  db.close();
  expect(await harness.json(CopyAnswer, 'copy', to, '--leave')).toMatchObject({
    ...{ left: true, movedTo: null, added: 2 },
  });
  expect(await harness.text('show', key, '--database', to)).toContain('In the last moment');
  expect(await harness.error('note', key, 'too late')).toMatchObject({ code: 'list_moved' });
});

test('a file goes into no list that was left, which says where it is', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First');
  const to = `sqlite:${join(harness.home, 'new.db')}`;
  await harness.text('copy', to, '--leave');
  await harness.text('note', key, 'there', '--database', to);
  const file = join(harness.home, 'web.jsonl');
  await harness.text('export', file, '--database', to);
  for (const flags of [[], ['--dry-run']]) {
    const error = await harness.error('import', file, ...flags);
    expect(error).toMatchObject({ code: 'list_moved', exitCode: 1 });
    expect(error.message).toContain(`the list web there has moved to ${to},`);
    expect(error.hint).toContain(`docket copy '${to}' TO`);
  }
  expect(await harness.error('note', key, 'too late')).toMatchObject({ code: 'list_moved' });
  await harness.text('copy', to, `sqlite:${harness.database}`);
  expect(await harness.text('import', file)).toContain('Nothing to do');
});
