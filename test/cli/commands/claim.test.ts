import { expect, test } from 'vitest';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { type Desk, openDesk } from '../desk.ts';

function asBob(desk: Desk): Desk {
  return desk.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
}

test('a claim says what is to be done', async () => {
  const desk = openDesk();
  const key = await desk.create('Task', '--description', 'Mind the gap');
  expect(await desk.text('claim', key)).toBe(`Claimed ${key}  P2  Task\n  | Mind the gap`);
  expect((await desk.show(key)).task).toMatchObject({
    status: 'in_progress',
    claim: { actor: 'alice@one', session: 'session-a', agent: 'main', stale: false },
  });
});

test('--next takes the most urgent ready task, and --agent names who does it', async () => {
  const desk = openDesk();
  await desk.create('Normal');
  const urgent = await desk.create('Urgent', '--priority', '0');
  const { task } = await desk.json(TaskAnswer, 'claim', '--next', '--agent', 'Coding Agent');
  expect(task).toMatchObject({ key: urgent, assignedAgent: 'Coding Agent' });
});

test('--next with nothing ready exits 3', async () => {
  expect(await openDesk().error('claim', '--next')).toMatchObject({
    code: 'nothing_ready',
    exitCode: 3,
  });
});

test('claiming again is no error', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const first = await desk.json(TaskAnswer, 'claim', key);
  const again = await desk.json(TaskAnswer, 'claim', key);
  expect(again.task.revision).toBe(first.task.revision);
});

test('the loser is told who holds it and since when', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  const error = await asBob(desk).error('claim', key);
  expect(error).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  expect(error.message).toMatch(/claimed by alice@one, session session-, since 20\d\d-/);
});

test('a live claim is stolen with --force alone', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  const bob = asBob(desk);
  expect(await bob.error('claim', key, '--steal')).toMatchObject({ code: 'already_claimed' });
  const { task } = await bob.json(TaskAnswer, 'claim', key, '--steal', '--force');
  expect(task.claim?.actor).toBe('bob@two');
});

test('a task that waits, is blocked, closed or a container cannot be claimed', async () => {
  const desk = openDesk();
  const first = await desk.create('First');
  const second = await desk.create('Second', '--needs', first);
  const third = await desk.create('Third');
  await desk.create('Step', '--parent', third);
  expect(await desk.error('claim', second)).toMatchObject({
    code: 'waiting',
    exitCode: 4,
    message: `${second} waits for ${first}`,
  });
  expect(await desk.error('claim', third)).toMatchObject({ code: 'is_container', exitCode: 4 });
  await desk.text('block', first, 'vendor');
  const blocked = await desk.error('claim', first);
  expect(blocked).toMatchObject({ code: 'invalid_transition', exitCode: 4 });
  expect(blocked.message).toContain('vendor');
  await desk.text('close', first);
  expect(await desk.error('claim', first)).toMatchObject({
    code: 'invalid_transition',
    exitCode: 4,
    hint: `docket reopen ${first}`,
  });
});

test.for([[[]], [['web-aaaa', '--next']]])('claim %j is refused', async ([argv = []]) => {
  expect(await openDesk().error('claim', ...argv)).toMatchObject({ code: 'usage', exitCode: 2 });
});
