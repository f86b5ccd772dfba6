import { expect, test } from 'vitest';
import { TaskAnswer, TaskList } from '../../../lib/model/answers/task.ts';
import { openDesk } from '../desk.ts';

test('close says what came of it and what became ready', async () => {
  const desk = openDesk();
  const first = await desk.create('First');
  const second = await desk.create('Second', '--needs', first);
  await desk.text('claim', first);
  expect(await desk.text('close', first, '--outcome', 'Works', '--billable-minutes', '45')).toBe(
    `Completed ${first}  P2  First\nNow ready: ${second}`,
  );
  expect((await desk.show(first)).task).toMatchObject({
    status: 'completed',
    outcome: 'Works',
    billableMinutes: 45,
    claim: null,
  });
});

test('complete is another name of close', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  expect(await desk.text('complete', key)).toMatch(/^Completed/);
});

test('follow-ups are new tasks, linked to where they were discovered', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const titles = ['--follow-up', 'Clean up, later', '--follow-up', 'Tell alice'];
  const { followUps } = await desk.json(TaskAnswer, 'close', key, ...titles);
  const found = await Promise.all(followUps.map((followUp) => desk.show(followUp)));
  expect(found.map(({ task }) => task.title)).toEqual(['Clean up, later', 'Tell alice']);
  for (const { relations } of found) {
    expect(relations).toEqual([{ type: 'discovered_from', key, status: 'completed' }]);
  }
});

test('an outcome is read from standard input', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.with({ stdin: '- one\n- two\n' }).text('close', key, '--outcome', '-');
  expect((await desk.show(key)).task.outcome).toBe('- one\n- two');
});

test('a container with open subtasks is closed with --cancel-open alone', async () => {
  const desk = openDesk();
  const key = await desk.create('Big');
  const done = await desk.create('Done', '--parent', key);
  const open = await desk.create('Open', '--parent', key);
  await desk.text('close', done);
  const error = await desk.error('close', key);
  expect(error).toMatchObject({ code: 'open_subtasks', exitCode: 4 });
  expect(error.message).toContain(open);
  expect((await desk.show(open)).task.status).toBe('pending');
  await desk.text('close', key, '--cancel-open', '--outcome', 'Enough');
  expect((await desk.show(key)).task).toMatchObject({ status: 'completed', outcome: 'Enough' });
  expect((await desk.show(open)).task.status).toBe('cancelled');
});

test('what waits, is closed, or is held by another is not closed', async () => {
  const desk = openDesk();
  const first = await desk.create('First');
  const second = await desk.create('Second', '--needs', first);
  expect(await desk.error('close', second)).toMatchObject({ code: 'waiting', exitCode: 4 });
  await desk.text('claim', first);
  const bob = desk.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  expect(await bob.error('close', first)).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  await bob.text('close', first, '--force');
  expect(await desk.error('close', first)).toMatchObject({ code: 'invalid_transition' });
});

test('a follow-up without a title is refused, and nothing is closed', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const error = await desk.error('close', key, '--follow-up', ' ');
  expect(error.message).toBe('--follow-up title is empty');
  const { tasks } = await desk.json(TaskList, 'list', '--all');
  expect(tasks.map(({ status }) => status)).toEqual(['pending']);
});

test('the container that completes with its last subtask is named', async () => {
  const desk = openDesk();
  await desk.text('plan', '# Big\n- [ ] one\n- [ ] two');
  const [, key = ''] = /^(\S+) .*Big/m.exec(await desk.text('list')) ?? [];
  expect(await desk.text('close', `${key}.1`)).toContain(`${key} is in progress`);
  expect(await desk.text('close', `${key}.2`)).toContain(`${key} is completed`);
});

test('cancelling what is left of a plan that is partly done says that it is completed', async () => {
  const desk = openDesk();
  const key = await desk.create('Plan');
  const done = await desk.create('Done', '--parent', key);
  await desk.create('Open', '--parent', key);
  await desk.text('close', done);
  expect(await desk.text('cancel', key, '--cancel-open', '--reason', 'Not now')).toBe(
    `Completed with what was done; the rest is cancelled: ${key}  P2  Plan`,
  );
});
