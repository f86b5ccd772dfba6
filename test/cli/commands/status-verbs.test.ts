import { expect, test } from 'vitest';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('release gives a claim back', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  expect(await harness.text('release', key)).toBe(`Released ${key}  P2  Task`);
  expect((await harness.show(key)).task).toMatchObject({ status: 'pending', claim: null });
  expect(await harness.error('release', key)).toMatchObject({ code: 'not_claimed', exitCode: 4 });
});

test("another's live claim is released with --force alone", async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  expect(await bob.error('release', key)).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  await bob.text('release', key, '--force');
  expect((await harness.show(key)).task.claim).toBeNull();
});

test('block takes a reason, as an argument or on standard input, and unblock ends it', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  await harness.text('block', key, 'the vendor is slow');
  expect((await harness.show(key)).task).toMatchObject({
    status: 'blocked',
    blockedReason: 'the vendor is slow',
    claim: { session: 'session-a' },
  });
  expect(await harness.text('unblock', key)).toMatch(/^Unblocked/);
  expect((await harness.show(key)).task).toMatchObject({
    status: 'in_progress',
    blockedReason: null,
  });
  await harness.with({ stdin: 'from stdin\n' }).text('block', key);
  expect((await harness.show(key)).task.blockedReason).toBe('from stdin');
});

test('block without a reason, and unblock of what is not blocked, are refused', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.error('block', key)).toMatchObject({ code: 'usage', exitCode: 2 });
  expect(await harness.error('block', key, 'x'.repeat(2_001))).toMatchObject({ exitCode: 2 });
  expect(await harness.error('unblock', key)).toMatchObject({ code: 'invalid_transition' });
});

test('cancel keeps the record, with the reason', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.text('cancel', key, '--reason', 'solved upstream')).toMatch(/^Cancelled/);
  expect((await harness.show(key)).task).toMatchObject({
    status: 'cancelled',
    outcome: 'solved upstream',
  });
  expect(await harness.error('cancel', key)).toMatchObject({ code: 'invalid_transition' });
});

test('the reason of a cancellation comes on standard input too, and not empty', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.error('cancel', key, '--reason', '-')).toMatchObject({ exitCode: 2 });
  await harness.with({ stdin: 'solved upstream\n' }).text('cancel', key, '--reason', '-');
  expect((await harness.show(key)).task.outcome).toBe('solved upstream');
});

test('cancel of a container needs --cancel-open', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  const step = await harness.create('Step', '--parent', key);
  expect(await harness.error('cancel', key)).toMatchObject({ code: 'open_subtasks', exitCode: 4 });
  await harness.text('cancel', key, '--cancel-open');
  expect((await harness.show(step)).task.status).toBe('cancelled');
  expect((await harness.show(key)).task.status).toBe('cancelled');
});

test('cancelling the subtask of what was worked on says how that ends', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  await harness.text('claim', key);
  const step = await harness.create('Step', '--parent', key);
  expect((await harness.text('cancel', step)).split('\n')).toEqual([
    `Cancelled ${step}  P2  Step`,
    `${key} was worked on itself and is open: docket close ${key} --outcome TEXT, or docket cancel ${key}`,
  ]);
  expect(await harness.text('list')).toContain(key);
  expect(await harness.text('close', key, '--outcome', 'done')).toMatch(/^Completed/);
});

test('a container is not put back: its status follows its subtasks', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  const step = await harness.create('Step', '--parent', key);
  for (const verb of [[], ['claim'], ['block', 'x'], ['close']]) {
    const [name, ...rest] = verb;
    if (name !== undefined) await harness.text(name, step, ...rest);
    expect(await harness.error('update', key, '--status', 'pending')).toMatchObject({
      code: 'is_container',
      message: `${key} has subtasks; its status follows theirs`,
    });
  }
});

test('reopen brings a closed task back, and refuses an open one', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.error('reopen', key)).toMatchObject({
    code: 'invalid_transition',
    exitCode: 4,
  });
  await harness.text('close', key, '--outcome', 'done');
  const { task } = await harness.json(TaskAnswer, 'reopen', key);
  expect(task).toMatchObject({ status: 'pending', outcome: null, completedAt: null });
});

test('the reason of a block comes by flag, as a second argument or on standard input', async () => {
  const harness = openCliHarness();
  const [one, two, three] = [
    await harness.create('1'),
    await harness.create('2'),
    await harness.create('3'),
  ];
  await harness.text('block', one, '--reason', 'the vendor');
  await harness.text('block', two, 'the vendor');
  await harness.with({ stdin: 'the vendor\n' }).text('block', three);
  for (const key of [one, two, three]) {
    expect((await harness.show(key)).task.blockedReason).toBe('the vendor');
  }
});
