import { expect, test } from 'vitest';
import { UndoAnswer } from '../../../lib/model/answers/undo.ts';
import { openCliHarness } from '../cli-harness.ts';

test('undo says what it took back, how the task stands, and what follows', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const next = await harness.create('Next', '--needs', key);
  await harness.text('claim', key);
  await harness.text('close', key);
  expect((await harness.text('undo')).split('\n')).toEqual([
    expect.stringMatching(`^Undone: completed ${key}, (just now|\\d+ s ago|\\d+ min ago)$`),
    expect.stringMatching(`^${key}  P2  \\[→\\] Task  \\(you, .*\\)$`),
  ]);
  await harness.text('undo');
  expect((await harness.show(key)).task).toMatchObject({ status: 'pending', claim: null });
  await harness.text('link', next, await harness.create('Third'));
  expect(await harness.text('undo')).toMatch(`Undone: linked ${next}`);
});

test('a plan that is undone names ten of its tasks and counts the rest', async () => {
  const harness = openCliHarness();
  const steps = Array.from({ length: 12 }, (_, index) => `- [ ] Step ${index + 1}`);
  await harness.text('plan', ['# Plan', ...steps].join('\n'));
  const lines = (await harness.text('undo')).split('\n');
  expect(lines[0]).toMatch(/^Undone: created \S+ and 12 more, /);
  expect(lines.filter((line) => line.includes('[-]'))).toHaveLength(10);
  expect(lines.slice(-2)).toEqual(['+3 more', '  try: docket list --all']);
});

test('undo answers in JSON what it tells', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const answer = await harness.json(UndoAnswer, 'undo');
  expect(answer).toMatchObject({
    task: { key, status: 'cancelled' },
    undone: { seq: 1, verb: 'created' },
    others: [],
  });
});

test('what has no inverse, what others changed, and nothing at all are refused', async () => {
  const harness = openCliHarness();
  expect(await harness.error('undo')).toMatchObject({ code: 'not_found', exitCode: 3 });
  const key = await harness.create('Task');
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
  await bob.text('claim', key);
  expect(await harness.error('undo')).toMatchObject({
    ...{ code: 'conflict', exitCode: 4 },
    message: `${key} has changed since: bob@two#session-b claimed it`,
  });
  await harness.text('note', key, 'half of it');
  expect(await harness.error('undo')).toMatchObject({
    ...{ code: 'conflict', exitCode: 4 },
    message: `your last change cannot be undone: a note on ${key}, and notes stay`,
    hint: `docket note ${key} TEXT says what is right`,
  });
  expect(await harness.error('undo', key)).toMatchObject({ code: 'usage', exitCode: 2 });
});
