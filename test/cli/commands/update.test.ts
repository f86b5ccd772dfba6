import { expect, test } from 'vitest';
import { LogAnswer, TaskAnswer } from '../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

async function update(harness: CliHarness, key: string, ...flags: readonly string[]) {
  return (await harness.json(TaskAnswer, 'update', key, ...flags)).task;
}

test('fields change, and the context is merged key by key', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task', '--context', '{"reason":"a","problem":"b"}');
  const task = await update(
    harness,
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
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const task = await update(harness, key, '--claim', '--priority', '1');
  expect(task).toMatchObject({ status: 'in_progress', priority: 1 });
  const { events } = await harness.json(LogAnswer, 'log', key);
  expect(events.map(({ verb }) => verb)).toEqual(['claimed', 'updated', 'created']);
  expect(events.map(({ seq }) => seq)).toEqual([3, 2, 1]);
});

test('when the claim is refused, no field has changed', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  const error = await bob.error('update', key, '--claim', '--title', 'Mine');
  expect(error).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  expect((await harness.show(key)).task.title).toBe('Task');
});

test('a status is reached by the verbs that lead there', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const reach = async (...flags: readonly string[]) => {
    const { status, claim, blockedReason } = await update(harness, key, '--status', ...flags);
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
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await update(harness, key, '--status', 'pending');
  await update(harness, key, '--status', 'blocked', '--reason', 'r', '--title', 'Other');
  await update(harness, key, '--status', 'in_progress');
  const { events } = await harness.json(LogAnswer, 'log');
  expect(events.map(({ seq, verb }) => [seq, verb])).toEqual([
    [5, 'claimed'],
    [4, 'unblocked'],
    [3, 'blocked'],
    [2, 'updated'],
    [1, 'created'],
  ]);
});

test('a reason comes on standard input too', async () => {
  const harness = openCliHarness().with({ stdin: 'the vendor\n' });
  const key = await harness.create('Task');
  const blocked = await update(harness, key, '--status', 'blocked', '--reason', '-');
  expect(blocked.blockedReason).toBe('the vendor');
});

test('an outcome goes with completing, or changes by itself', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const closed = await update(harness, key, '--status', 'completed', '--outcome', 'one');
  expect(closed.outcome).toBe('one');
  const changed = await update(harness, key, '--outcome', 'two', '--billable-minutes', '7');
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
  const harness = openCliHarness().with({ stdin: 'text' });
  const key = await harness.create('Task');
  const error = await harness.error('update', key, ...flags);
  expect(error.exitCode).toBe(2);
  expect(error.message).toMatch(message);
  expect((await harness.json(LogAnswer, 'log')).events).toHaveLength(1);
});

test('who lost a task does not change it as if it were still theirs', async () => {
  const alice = openCliHarness();
  const bob = alice.with({ env: { DOCKET_SESSION: 'session-b', DOCKET_ACTOR: 'bob@two' } });
  const key = await alice.create('Task');
  await alice.text('claim', key);
  await bob.text('claim', key, '--steal', '--force');
  expect(await alice.error('update', key, '--title', 'Mine')).toMatchObject({
    code: 'already_claimed',
    exitCode: 4,
    hint: `docket show ${key}; --force changes it all the same`,
  });
  await alice.text('update', key, '--title', 'Mine', '--force');
  await bob.text('close', key);
  expect(await alice.error('update', key, '--title', 'Again')).toMatchObject({
    code: 'invalid_transition',
    exitCode: 4,
  });
});

test('--parent moves a task, says its new key, and the log says both', async () => {
  const harness = openCliHarness();
  const parent = await harness.create('Whole');
  const key = await harness.create('Task');
  await harness.create('Step', '--parent', key);
  const said = await harness.text('update', key, '--parent', parent);
  expect(said).toBe(`Moved ${key} -> ${parent}.1  Task, with 1 below it`);
  expect(await harness.text('log', key)).toContain(
    `moved ${parent}.1 Task (part of Whole) (was ${key})`,
  );
  const top = await harness.text('update', `${key}.1`, '--parent', '', '--priority', '0');
  expect(top).toMatch(
    new RegExp(`^Moved ${parent}.1.1 -> [a-z0-9-]+  Step\nNow ready: ${parent}.1$`),
  );
  expect(await harness.text('update', key, '--parent', parent)).toContain(`Updated ${parent}.1`);
});

test('--parent refuses what is no place for the task, and garbage', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const below = await harness.create('Step', '--parent', key);
  for (const [parent, expected] of [
    [below, { code: 'cycle', exitCode: 4 }],
    [key, { code: 'cycle', exitCode: 4 }],
    ['web-nope', { code: 'not_found', exitCode: 3 }],
    ["'; DROP TABLE tasks; --", { code: 'not_found', exitCode: 3 }],
    ['../../etc', { code: 'not_found', exitCode: 3 }],
    ['\u001b[31m\u202e%_', { code: 'not_found', exitCode: 3 }],
    ['x'.repeat(10_000), { code: 'not_found', exitCode: 3 }],
    [' ', { code: 'not_found', exitCode: 3 }],
  ] as const) {
    expect(await harness.error('update', key, '--parent', parent), parent).toMatchObject(expected);
  }
  expect((await harness.show(key)).task.parent).toBeNull();
});

test('a status that ends a block says where to tell how it was settled', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Deploy');
  await harness.text('block', key, '--reason', 'waits for the key');
  const leave = ['update', key, '--status', 'pending'] as const;
  expect(await harness.error(...leave, '--reason', 'it came')).toMatchObject({
    hint: 'How a block was settled: docket unblock KEY --resolution TEXT',
  });
  expect(await harness.text(...leave)).toContain(
    `Nobody said how its block was settled: docket note ${key} TEXT says it now`,
  );
  expect(await harness.text('update', key, '--priority', '1')).not.toContain('Nobody said');
});

test('a block ends where the session holds the task for an agent, which keeps it', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Deploy');
  await harness.text('claim', key, '--agent', 'Coding Agent');
  await harness.text('block', key, '--reason', 'waits for the key');
  await harness.text('update', key, '--status', 'in_progress');
  expect((await harness.show(key)).task).toMatchObject({
    status: 'in_progress',
    claim: { agent: 'Coding Agent' },
  });
});
