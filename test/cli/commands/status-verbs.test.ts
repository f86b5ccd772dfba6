import { expect, test } from 'vitest';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { openDesk } from '../desk.ts';

test('release gives a claim back', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  expect(await desk.text('release', key)).toBe(`Released ${key}  P2  Task`);
  expect((await desk.show(key)).task).toMatchObject({ status: 'pending', claim: null });
  expect(await desk.error('release', key)).toMatchObject({ code: 'not_claimed', exitCode: 4 });
});

test("another's live claim is released with --force alone", async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  const bob = desk.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  expect(await bob.error('release', key)).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  await bob.text('release', key, '--force');
  expect((await desk.show(key)).task.claim).toBeNull();
});

test('block takes a reason, as an argument or on standard input, and unblock ends it', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  await desk.text('block', key, 'the vendor is slow');
  expect((await desk.show(key)).task).toMatchObject({
    status: 'blocked',
    blockedReason: 'the vendor is slow',
    claim: { session: 'session-a' },
  });
  expect(await desk.text('unblock', key)).toMatch(/^Unblocked/);
  expect((await desk.show(key)).task).toMatchObject({ status: 'in_progress', blockedReason: null });
  await desk.with({ stdin: 'from stdin\n' }).text('block', key);
  expect((await desk.show(key)).task.blockedReason).toBe('from stdin');
});

test('block without a reason, and unblock of what is not blocked, are refused', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  expect(await desk.error('block', key)).toMatchObject({ code: 'usage', exitCode: 2 });
  expect(await desk.error('block', key, 'x'.repeat(2_001))).toMatchObject({ exitCode: 2 });
  expect(await desk.error('unblock', key)).toMatchObject({ code: 'invalid_transition' });
});

test('cancel keeps the record, with the reason', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  expect(await desk.text('cancel', key, '--reason', 'solved upstream')).toMatch(/^Cancelled/);
  expect((await desk.show(key)).task).toMatchObject({
    status: 'cancelled',
    outcome: 'solved upstream',
  });
  expect(await desk.error('cancel', key)).toMatchObject({ code: 'invalid_transition' });
});

test('the reason of a cancellation comes on standard input too, and not empty', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  expect(await desk.error('cancel', key, '--reason', '-')).toMatchObject({ exitCode: 2 });
  await desk.with({ stdin: 'solved upstream\n' }).text('cancel', key, '--reason', '-');
  expect((await desk.show(key)).task.outcome).toBe('solved upstream');
});

test('cancel of a container needs --cancel-open', async () => {
  const desk = openDesk();
  const key = await desk.create('Big');
  const step = await desk.create('Step', '--parent', key);
  expect(await desk.error('cancel', key)).toMatchObject({ code: 'open_subtasks', exitCode: 4 });
  await desk.text('cancel', key, '--cancel-open');
  expect((await desk.show(step)).task.status).toBe('cancelled');
  expect((await desk.show(key)).task.status).toBe('cancelled');
});

test('reopen brings a closed task back, and refuses an open one', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  expect(await desk.error('reopen', key)).toMatchObject({
    code: 'invalid_transition',
    exitCode: 4,
  });
  await desk.text('close', key, '--outcome', 'done');
  const { task } = await desk.json(TaskAnswer, 'reopen', key);
  expect(task).toMatchObject({ status: 'pending', outcome: null, completedAt: null });
});

test('the reason of a block comes by flag, as a second argument or on standard input', async () => {
  const desk = openDesk();
  const [one, two, three] = [
    await desk.create('1'),
    await desk.create('2'),
    await desk.create('3'),
  ];
  await desk.text('block', one, '--reason', 'the vendor');
  await desk.text('block', two, 'the vendor');
  await desk.with({ stdin: 'the vendor\n' }).text('block', three);
  for (const key of [one, two, three]) {
    expect((await desk.show(key)).task.blockedReason).toBe('the vendor');
  }
});
