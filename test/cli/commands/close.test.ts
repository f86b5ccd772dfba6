import { expect, test } from 'vitest';
import { TaskAnswer, TaskList } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('an outcome from standard input that holds none is a usage error, and nothing is closed', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  for (const stdin of ['', ' \n\n']) {
    const error = await harness.with({ stdin }).error('close', key, '--outcome', '-');
    expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
    expect(error.message).toBe('standard input is empty, and - takes the text from there');
  }
  expect((await harness.show(key)).task.status).toBe('pending');
});

test('close says what came of it and what became ready', async () => {
  const harness = openCliHarness();
  const first = await harness.create('First');
  const second = await harness.create('Second', '--needs', first);
  await harness.text('claim', first);
  expect(await harness.text('close', first, '--outcome', 'Works', '--billable-minutes', '45')).toBe(
    [
      `Completed ${first}  P2  First`,
      `Now ready: ${second}`,
      `Its 45 min are not billed: docket update ${first} --client NAME --billable`,
    ].join('\n'),
  );
  expect((await harness.show(first)).task).toMatchObject({
    status: 'completed',
    outcome: 'Works',
    billableMinutes: 45,
    claim: null,
  });
});

test('complete is another name of close', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.text('complete', key)).toMatch(/^Completed/);
});

test('follow-ups are new tasks, linked to where they were discovered', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const titles = ['--follow-up', 'Clean up, later', '--follow-up', 'Tell alice'];
  const { followUps } = await harness.json(TaskAnswer, 'close', key, ...titles);
  const found = await Promise.all(followUps.map((followUp) => harness.show(followUp)));
  expect(found.map(({ task }) => task.title)).toEqual(['Clean up, later', 'Tell alice']);
  for (const { relations } of found) {
    expect(relations).toEqual([
      { type: 'discovered_from', key, title: 'Task', status: 'completed' },
    ]);
  }
});

test('an outcome is read from standard input', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.with({ stdin: '- one\n- two\n' }).text('close', key, '--outcome', '-');
  expect((await harness.show(key)).task.outcome).toBe('- one\n- two');
});

test('a container with open subtasks is closed with --cancel-open alone', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  const done = await harness.create('Done', '--parent', key);
  const open = await harness.create('Open', '--parent', key);
  await harness.text('close', done);
  const error = await harness.error('close', key);
  expect(error).toMatchObject({ code: 'open_subtasks', exitCode: 4 });
  expect(error.message).toContain(open);
  expect((await harness.show(open)).task.status).toBe('pending');
  await harness.text('close', key, '--cancel-open', '--outcome', 'Enough');
  expect((await harness.show(key)).task).toMatchObject({ status: 'completed', outcome: 'Enough' });
  expect((await harness.show(open)).task.status).toBe('cancelled');
});

test('what waits, is closed, or is held by another is not closed', async () => {
  const harness = openCliHarness();
  const first = await harness.create('First');
  const second = await harness.create('Second', '--needs', first);
  expect(await harness.error('close', second)).toMatchObject({ code: 'waiting', exitCode: 4 });
  await harness.text('claim', first);
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  expect(await bob.error('close', first)).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  await bob.text('close', first, '--force');
  expect(await harness.error('close', first)).toMatchObject({ code: 'invalid_transition' });
});

test('a follow-up without a title is refused, and nothing is closed', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const error = await harness.error('close', key, '--follow-up', ' ');
  expect(error.message).toBe('--follow-up title is empty');
  const { tasks } = await harness.json(TaskList, 'list', '--all');
  expect(tasks.map(({ status }) => status)).toEqual(['pending']);
});

test('the container that completes with its last subtask is named', async () => {
  const harness = openCliHarness();
  await harness.text('plan', '# Big\n- [ ] one\n- [ ] two');
  const [, key = ''] = /^(\S+) .*Big/m.exec(await harness.text('list')) ?? [];
  expect(await harness.text('close', `${key}.1`)).toContain(`${key} is in progress`);
  expect(await harness.text('close', `${key}.2`)).toContain(`${key} is completed`);
});

test('cancelling what is left of a plan that is partly done says that it is completed', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Plan');
  const done = await harness.create('Done', '--parent', key);
  await harness.create('Open', '--parent', key);
  await harness.text('close', done);
  expect(await harness.text('cancel', key, '--cancel-open', '--reason', 'Not now')).toBe(
    `Completed with what was done; the rest is cancelled: ${key}  P2  Plan`,
  );
});

test('a task that got a subtask while it was worked on is completed and billed with its outcome', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme Corp');
  const key = await harness.create('Fix WINS', '--client', 'Acme Corp', '--billable');
  await harness.text('claim', key);
  const created = await harness.text('create', 'Helper', '--parent', key);
  expect(created).toContain(`${key} has subtasks now, so its claim is released: claim those`);
  expect(await harness.text('create', 'More', '--parent', key)).not.toContain('released');
  const closed = await harness.text(
    ...['close', key, '--cancel-open', '--outcome', 'done', '--billable-minutes', '30'],
  );
  expect(closed).toMatch(new RegExp(`^Completed ${key}  P2  Fix WINS\n.*Work item.*30 min`, 's'));
  expect((await harness.show(key)).task).toMatchObject({ status: 'completed', outcome: 'done' });
});

test('a task that gets steps while it is worked on says that its claim is released', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Large');
  await harness.text('claim', key);
  const extended = await harness.text('plan', '- [ ] Part', '--parent', key);
  expect(extended).toContain(`${key} has subtasks now, so its claim is released: claim those`);
});
