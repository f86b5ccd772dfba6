import { expect, test } from 'vitest';
import { LogAnswer, TaskAnswer } from '../../../lib/model/answers/task.ts';
import { type Desk, openDesk } from '../desk.ts';

async function update(desk: Desk, key: string, ...flags: readonly string[]) {
  return (await desk.json(TaskAnswer, 'update', key, ...flags)).task;
}

test('fields change, and the context is merged key by key', async () => {
  const desk = openDesk();
  const key = await desk.create('Task', '--context', '{"reason":"a","problem":"b"}');
  const task = await update(
    desk,
    key,
    ...['--title', 'Better', '--priority', '0', '--type', 'bugfix', '--description', 'more'],
    ...['--complexity', 'trivial', '--estimate', '5', '--agent', 'Review Agent'],
    ...['--context', '{"problem":null,"impact":"c"}'],
  );
  expect(task).toMatchObject({
    title: 'Better',
    priority: 0,
    type: 'bugfix',
    description: 'more',
    complexity: 'trivial',
    estimatedMinutes: 5,
    assignedAgent: 'Review Agent',
    context: { reason: 'a', impact: 'c' },
  });
});

test('--claim and fields are one change', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const task = await update(desk, key, '--claim', '--priority', '1');
  expect(task).toMatchObject({ status: 'in_progress', priority: 1 });
  const { events } = await desk.json(LogAnswer, 'log', key);
  expect(events.map(({ verb }) => verb)).toEqual(['claimed', 'updated', 'created']);
  expect(events.map(({ seq }) => seq)).toEqual([3, 2, 1]);
});

test('when the claim is refused, no field has changed', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('claim', key);
  const bob = desk.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  const error = await bob.error('update', key, '--claim', '--title', 'Mine');
  expect(error).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  expect((await desk.show(key)).task.title).toBe('Task');
});

test('a status is reached by the verbs that lead there', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const reach = async (...flags: readonly string[]) => {
    const { status, claim, blockedReason } = await update(desk, key, '--status', ...flags);
    return { status, isClaimed: claim !== null, blockedReason };
  };
  const free = { isClaimed: false, blockedReason: null };
  const held = { isClaimed: true, blockedReason: null };
  expect(await reach('pending')).toEqual({ status: 'pending', ...free });
  expect(await reach('in_progress')).toEqual({ status: 'in_progress', ...held });
  expect(await reach('pending')).toEqual({ status: 'pending', ...free });
  expect(await reach('blocked', '--reason', 'r')).toEqual({
    status: 'blocked',
    isClaimed: false,
    blockedReason: 'r',
  });
  expect(await reach('in_progress')).toEqual({ status: 'in_progress', ...held });
  await reach('blocked', '--reason', 'r');
  expect(await reach('pending')).toEqual({ status: 'pending', ...free });
  expect(await reach('completed', '--outcome', 'o')).toEqual({ status: 'completed', ...free });
  expect(await reach('pending')).toEqual({ status: 'pending', ...free });
  expect(await reach('cancelled', '--reason', 'r')).toEqual({ status: 'cancelled', ...free });
});

test('the history of a combined change has no gap', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await update(desk, key, '--status', 'pending');
  await update(desk, key, '--status', 'blocked', '--reason', 'r', '--title', 'Other');
  await update(desk, key, '--status', 'in_progress');
  const { events } = await desk.json(LogAnswer, 'log');
  expect(events.map(({ seq, verb }) => [seq, verb])).toEqual([
    [5, 'claimed'],
    [4, 'unblocked'],
    [3, 'blocked'],
    [2, 'updated'],
    [1, 'created'],
  ]);
});

test('a reason comes on standard input too', async () => {
  const desk = openDesk().with({ stdin: 'the vendor\n' });
  const key = await desk.create('Task');
  const blocked = await update(desk, key, '--status', 'blocked', '--reason', '-');
  expect(blocked.blockedReason).toBe('the vendor');
});

test('an outcome goes with completing, or changes by itself', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const closed = await update(desk, key, '--status', 'completed', '--outcome', 'one');
  expect(closed.outcome).toBe('one');
  const changed = await update(desk, key, '--outcome', 'two', '--billable-minutes', '7');
  expect(changed).toMatchObject({ outcome: 'two', billableMinutes: 7, status: 'completed' });
});

test.for<[string, readonly string[], RegExp]>([
  ['nothing', [], /nothing to update/],
  ['an empty title', ['--title', ' '], /title is empty/],
  ['blocked without a reason', ['--status', 'blocked'], /needs --reason/],
  ['a reason alone', ['--reason', 'r'], /goes with/],
  ['an unknown status', ['--status', 'done'], /"done" is not allowed/],
  ['two statuses', ['--claim', '--status', 'completed'], /--claim/],
  ['two readers of stdin', ['--description', '-', '--outcome', '-'], /only one flag/],
])('%s is refused', async ([, flags, message]) => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const error = await desk.error('update', key, ...flags);
  expect(error.exitCode).toBe(2);
  expect(error.message).toMatch(message);
  expect((await desk.json(LogAnswer, 'log')).events).toHaveLength(1);
});
