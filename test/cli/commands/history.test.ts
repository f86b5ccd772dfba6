import { expect, test } from 'vitest';
import { HistoryAnswer } from '../../../lib/model/answers/history.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { scopeOf } from '../../conformance/test-lists.ts';
import { openCliHarness, workspace } from '../cli-harness.ts';

test('each event of a task is told with who, and what changed from what to what', async () => {
  const harness = openCliHarness();
  const other = await harness.create('The other');
  const key = await harness.create('Wire it', '--priority', '2');
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  await bob.text('update', key, '--title', 'Wire the flux valve', '--priority', '0');
  await harness.text('link', key, other);
  await harness.text('unlink', key, other);
  await harness.text('claim', key, '--agent', 'Coding Agent');
  await harness.text('note', key, 'halfway\nthere');
  await harness.text('block', key, 'waits for the vendor');
  await harness.text('unblock', key, '--resolution', 'it came');
  await harness.text('close', key, '--outcome', 'Wired');
  const lines = (await harness.text('history', key)).split('\n');
  expect(lines.map((line) => line.replace(/ +just now +/, ' now '))).toEqual([
    `${key}  Wire the flux valve`,
    ' #2 now alice@one#session-a  created it',
    ' #3 now bob@two#session-b    updated it',
    '      title: Wire it -> Wire the flux valve',
    '      priority: 2 -> 0',
    ' #4 now alice@one#session-a  linked it',
    `      needs ${other} The other`,
    ' #5 now alice@one#session-a  unlinked it',
    `      needs ${other} The other`,
    ' #6 now alice@one#session-a  claimed it',
    '      agent: Coding Agent',
    '      begins run 1 by Coding Agent',
    ' #7 now alice@one#session-a  added a note to it',
    '      | halfway',
    '      | there',
    ' #8 now alice@one#session-a  blocked it',
    '      reason: waits for the vendor',
    '      blockers encountered: waits for the vendor',
    '      ends run 1 by Coding Agent: blocked after under 1 min',
    expect.stringContaining('unblocked it'),
    '      reason: waits for the vendor -> none',
    expect.stringContaining('blockers '),
    '      resolution: it came',
    '      begins run 2 by Coding Agent',
    '#10 now alice@one#session-a  completed it',
    '      outcome: Wired',
    '      ends run 2 by Coding Agent: completed after under 1 min',
  ]);
});

test('a task that was moved is found by its former key, with all that happened before', async () => {
  const harness = openCliHarness();
  const parent = await harness.create('Whole');
  const key = await harness.create('Part');
  await harness.text('note', key, 'before');
  await harness.text('update', key, '--parent', parent);
  const history = await harness.json(HistoryAnswer, 'history', key);
  expect(history).toMatchObject({ key: `${parent}.1`, formerKeys: [key] });
  expect(history.events.map(({ verb }) => verb)).toEqual(['created', 'noted', 'moved']);
  expect(history.events[1]?.note?.text).toBe('before');
  expect(history.events[2]?.changes).toEqual([{ field: 'key', from: key, to: `${parent}.1` }]);
  expect(await harness.text('history', key)).toContain(`${parent}.1  Part  (was ${key})`);
});

test('--all tells of everything below, and --limit of the newest, with what is left out', async () => {
  const harness = openCliHarness();
  await harness.text('plan', '# Ship\n- [ ] Write\n- [ ] Test');
  const [, root = ''] = /(web-\w+) {2}.*Ship/.exec(await harness.text('list', '--all')) ?? [];
  const { events } = await harness.json(HistoryAnswer, 'history', root, '--all');
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(events.map(({ verb, task }) => [verb, task])).toEqual([
    ['created', root],
    ['created', `${root}.1`],
    ['created', `${root}.2`],
    ['linked', `${root}.2`],
  ]);
  const { stdout, stderr } = await harness.run('history', root, '--all', '--limit', '1');
  expect(stdout).toContain(`linked ${root}.2 Test\n      needs ${root}.1 Write`);
  expect(stderr).toBe(`+3 more\n  try: docket history ${root} --all --limit 4\n`);
});

test('whom a task is for is told by name, also what it was for before', async () => {
  const harness = openCliHarness();
  for (const name of ['Acme', 'Globex']) await harness.text('client', 'add', name);
  await harness.text('infra', 'add', 'nas');
  const key = await harness.create('Mend it', '--client', 'Acme');
  await harness.text('update', key, '--client', 'Globex', '--infra', 'nas');
  const { events } = await harness.json(HistoryAnswer, 'history', key);
  expect(events.at(-1)?.changes).toEqual(
    expect.arrayContaining([
      { field: 'client', from: 'acme', to: 'globex' },
      { field: 'infrastructure', from: [], to: ['nas'] },
    ]),
  );
});

test('a report is told with its run, and an undo with what it brought back', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Write it');
  await harness.text('claim', key);
  await harness.text('report', key, '{"status":"completed","outcome":"Written","findings":"none"}');
  const { events } = await harness.json(HistoryAnswer, 'history', key);
  const [work, review] = events.at(-1)?.runs ?? [];
  expect(work).toMatchObject({ status: 'completed', report: { outcome: 'Written' } });
  expect(review).toMatchObject({ role: 'review', status: 'running' });
  expect(await harness.text('history', key)).toMatch(
    /reported on it\n(?: .*\n)* {6}ends run 1 by .*: completed after under 1 min\n {6}begins run 1 by .*, a review$/,
  );
  const other = await harness.create('Old');
  await harness.text('update', other, '--title', 'New');
  await harness.text('undo');
  const text = await harness.text('history', other);
  expect(text).toContain('undid: updated it\n      title: New -> Old');
});

test('a change is told from what to what on a narrow terminal, and a time on the own clock', async () => {
  const harness = openCliHarness();
  const long = 'words of a title that is longer than half a line of a terminal';
  const key = await harness.create(`Old ${long}`, '--due', '2026-12-24 14:00');
  await harness.text('update', key, '--title', `New ${long}`, '--due', '2026-12-25 09:30');
  const lines = (
    await harness.with({ style: { width: 80, colour: false } }).text('history', key)
  ).split('\n');
  expect(lines.find((line) => line.startsWith('      title: '))).toMatch(
    /^ {6}title: Old words.*… -> New words.*…$/,
  );
  expect(lines).toContain('      due: 2026-12-24 14:00 -> 2026-12-25 09:30');
  expect(Math.max(...lines.slice(1).map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('a note goes on below itself on a narrow terminal, each line with its mark', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Wire it');
  const words = 'halfway there with quite some words '.repeat(4).trim();
  await harness.text('note', key, `${words}\n\nand the rest`);
  const narrow = await harness.with({ style: { width: 40, colour: false } }).text('history', key);
  const note = narrow.split('\n').filter((line) => line.startsWith('      |'));
  expect(note.length).toBeGreaterThan(5);
  expect(note.every((line) => line.length <= 40)).toBe(true);
  const said = note.map((line) => line.slice('      | '.length)).join(' ');
  expect(said).toBe(`${words}  and the rest`);
  expect(await harness.text('history', key)).toContain(`      | ${words}\n      |\n`);
});

test('history and log of an archived task say so, and how it comes back', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Old');
  await harness.text('note', key, 'a note');
  await harness.text('close', key, '--outcome', 'Done');
  const store = await openStore({ kind: 'sqlite', path: harness.database });
  await archiveTasks(scopeOf(store, workspace.id), { olderThan: -60_000, keep: 0 });
  await store.close();
  const archived = `Archived just now by alice@one; docket reopen ${key} brings it back`;
  const history = (await harness.text('history', key)).split('\n');
  expect(history.slice(0, 2)).toEqual([`${key}  Old`, archived]);
  expect(history).toContain('      | a note');
  expect(history).toContain('      outcome: Done');
  const log = (await harness.text('log', key)).split('\n');
  expect(log[0]).toBe(archived);
  expect(log.slice(1).map((line) => / (\w+)(?: a note to)? web-/.exec(line)?.[1])).toEqual([
    ...['completed', 'added', 'created'],
  ]);
  await harness.text('reopen', key);
  expect(await harness.text('history', key)).not.toContain('Archived');
});

test('a run begins once, also where what ended it was taken back', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Wire it');
  await harness.text('claim', key);
  await harness.text('close', key, '--outcome', 'Wired');
  await harness.text('undo');
  const lines = (await harness.text('history', key)).split('\n').map((line) => line.trim());
  expect(lines.filter((line) => line.startsWith('begins'))).toEqual([
    'begins run 1 by alice@one#session-a',
  ]);
  expect(lines.at(-1)).toContain('claim: nobody -> ');
});
