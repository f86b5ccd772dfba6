import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { PastTaskDetail, PastTaskDetails, PastTaskList } from '../../../lib/model/answers/past.ts';
import { LogAnswer } from '../../../lib/model/answers/task.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { scopeOf } from '../../conformance/test-lists.ts';
import { openCliHarness, workspace } from '../cli-harness.ts';

async function aList() {
  const harness = openCliHarness();
  const one = await harness.create('Wire the flux valve', '--priority', '0');
  const two = await harness.create('Test it', '--needs', one);
  await harness.text('claim', one);
  const { events } = await harness.json(LogAnswer, 'log');
  const claimed = events[0]?.seq ?? 0;
  await harness.text('close', one, '--outcome', 'Wired');
  await harness.text('update', two, '--title', 'Test all of it', '--priority', '1');
  return { harness, one, two, claimed };
}

test('the list as it was looks like the list, below a line that says of when it is', async () => {
  const { harness, one, two, claimed } = await aList();
  const lines = (await harness.text('at', `${claimed}`, 'list')).split('\n');
  expect(lines).toEqual([
    expect.stringMatching(
      new RegExp(`^As of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d, after event ${claimed}$`),
    ),
    `${one}  P0  [→] Wire the flux valve  (you, now)`,
    `${two}  P2  [ ] Test it  (needs ${one})`,
  ]);
  const now = (await harness.text('at', 'now', 'list')).split('\n');
  expect(now.slice(1)).toEqual((await harness.text('list')).split('\n'));
});

test('the flags of the command choose among the tasks as they were', async () => {
  const { harness, one, claimed } = await aList();
  const past = await harness.json(PastTaskList, 'at', `${claimed}`, 'list', '--mine');
  expect(past.tasks.map(({ key, status, outcome }) => [key, status, outcome])).toEqual([
    [one, 'in_progress', null],
  ]);
  expect(past.asOf).toMatchObject({ seq: claimed, missing: 0, notKnown: [] });
  expect(await harness.text('at', `${claimed}`, 'ready')).toContain('No task was like that.');
  expect(await harness.text('at', '0', 'list')).toMatch(
    /before anything happened\nNo task was there yet\.$/,
  );
});

test('what is left out names the command that shows the rest', async () => {
  const { harness, claimed } = await aList();
  const { stderr } = await harness.run('at', `${claimed}`, 'list', '--limit', '1');
  expect(stderr).toBe(`+1 more\n  try: docket at ${claimed} list --limit 2\n`);
  const { stderr: quoted } = await harness.run('at', '0 min ago', 'list', '--all', '--limit', '1');
  expect(quoted).toContain("try: docket at '0 min ago' list --all --limit 2");
});

test('what is no time that was, and what a list does not tell, is refused with what to do', async () => {
  const { harness } = await aList();
  const errors = [
    await harness.error('at', 'tomorrow', 'list'),
    await harness.error('at', 'never', 'list'),
    await harness.error('at', '99999', 'list'),
    await harness.error('at', 'now', 'close', 'k3'),
    await harness.error('at', 'now', 'list', '--watch'),
    await harness.error('at', 'now', 'list', '--sort', 'updated'),
    await harness.error('at', 'now', 'list', '--all-workspaces'),
    await harness.error('at', 'now'),
  ];
  expect(errors.slice(0, 2).map(({ message }) => message)).toEqual([
    '"tomorrow" is still to come',
    '"never" is no time that was',
  ]);
  expect(errors.map(({ code, exitCode }) => [code, exitCode])).toEqual([
    ['invalid_input', 2],
    ['invalid_input', 2],
    ['not_found', 3],
    ['usage', 2],
    ['usage', 2],
    ['usage', 2],
    ['usage', 2],
    ['usage', 2],
  ]);
  expect(errors.every(({ hint }) => (hint ?? '') !== '')).toBe(true);
  expect(await harness.text('at', '--help')).toContain('TIME list|ready');
});

test('what an older docket did not write is told as not known', async () => {
  const { harness, one, claimed } = await aList();
  await harness.text('reopen', one);
  const database = new DatabaseSync(harness.database);
  database.exec(
    "UPDATE task_events SET old_value = json_remove(old_value, '$.was') WHERE old_value IS NOT NULL",
  );
  database.close();
  const { asOf } = await harness.json(PastTaskList, 'at', `${claimed}`, 'list');
  expect(asOf.notKnown).toEqual([{ task: one, fields: ['context'] }]);
  const { stderr } = await harness.run('at', `${claimed}`, 'list');
  expect(stderr).toBe(
    `An older docket did not write how this was, so it is as it is now: context of ${one}\n`,
  );
});

test('events that are gone are counted, as what they changed cannot be taken back', async () => {
  const { harness, claimed } = await aList();
  const database = new DatabaseSync(harness.database);
  database.prepare('DELETE FROM task_events WHERE seq = ?').run(claimed + 1);
  database.close();
  expect((await harness.json(PastTaskList, 'at', `${claimed}`, 'list')).asOf.missing).toBe(1);
  const { stderr } = await harness.run('at', `${claimed}`, 'list');
  expect(stderr).toContain('1 events since then are no longer in the history');
});

test('a task as it was has its fields, notes and links of then, and says of when it is', async () => {
  const { harness, one, two, claimed } = await aList();
  await harness.text('note', two, 'too late');
  const lines = (await harness.text('at', `${claimed}`, 'show', two)).split('\n');
  expect(lines[0]).toMatch(new RegExp(`^As of \\d{4}-.*, after event ${claimed}$`));
  expect(lines[1]).toBe(`${two}  P2  [ ] Test it`);
  expect(lines).toContain('status     pending, waiting');
  expect(lines).toContain(`needs      ${one} Wire the flux valve (in progress)`);
  expect(lines.join('\n')).not.toContain('too late');
  const { task, asOf, notes } = await harness.json(PastTaskDetail, 'at', 'now', 'show', two);
  expect([task.title, task.priority, notes.length]).toEqual(['Test all of it', 1, 1]);
  expect(asOf.missing).toBe(0);
  const { details } = await harness.json(PastTaskDetails, 'at', `${claimed}`, 'show', one, two);
  expect(details.map(({ task: { key, outcome, status } }) => [key, outcome, status])).toEqual([
    [one, null, 'in_progress'],
    [two, null, 'pending'],
  ]);
});

test('the runs of a task as it was are those that had begun, and one under way has not ended', async () => {
  const { harness, one, claimed } = await aList();
  const earlier = async (event: number) =>
    (await harness.json(PastTaskDetail, 'at', `${event}`, 'show', one)).handOver.earlier;
  expect(await earlier(claimed)).toEqual([]);
  expect(await earlier(claimed + 1)).toMatchObject([{ status: 'completed' }]);
});

test('a task as it was is found by its key of then and by that of today', async () => {
  const { harness, two, claimed } = await aList();
  const whole = await harness.create('Whole');
  await harness.text('update', two, '--parent', whole);
  for (const key of [two, `${whole}.1`]) {
    const { task } = await harness.json(PastTaskDetail, 'at', `${claimed}`, 'show', key);
    expect(task).toMatchObject({ key: two, title: 'Test it', parent: null });
  }
  expect(await harness.error('at', `${claimed}`, 'show', whole)).toMatchObject({
    code: 'not_found',
    message: `${whole} was not there yet`,
    hint: `docket history ${whole}`,
  });
  expect(await harness.error('at', `${claimed}`, 'show', 'web-none')).toMatchObject({
    code: 'not_found',
  });
});

test('a list that lacks an archived tree which is damaged says so', async () => {
  const { harness, one, two, claimed } = await aList();
  await harness.text('unlink', two, one);
  const store = await openStore({ kind: 'sqlite', path: harness.database });
  await archiveTasks(scopeOf(store, workspace.id), { olderThan: -60_000, keep: 0 });
  await store.close();
  expect((await harness.json(PastTaskList, 'at', `${claimed}`, 'list')).total).toBe(2);
  const database = new DatabaseSync(harness.database);
  database.exec(`UPDATE archived_lines SET body = replace(body, '"priority":0', '"priority":"x"')`);
  database.close();
  const { tasks, asOf } = await harness.json(PastTaskList, 'at', `${claimed}`, 'list');
  expect([tasks.length, asOf.damaged]).toEqual([1, [one]]);
  const { stderr } = await harness.run('at', `${claimed}`, 'list');
  expect(stderr).toContain(`Left out, as their archived trees are damaged: ${one}`);
});
