import { expect, test } from 'vitest';
import { NoteAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('a note is kept with its author', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const { note } = await harness.json(NoteAnswer, 'note', key, 'Found it: cost $5');
  expect(note).toMatchObject({ task: key, text: 'Found it: cost $5', actor: 'alice@one' });
  expect((await harness.show(key)).notes).toEqual([note]);
});

test('a note of several lines comes on standard input', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const text = await harness.with({ stdin: 'Two causes:\n- one\n- two\n' }).text('note', key);
  expect(text).toBe(`Noted on ${key}`);
  expect((await harness.show(key)).notes[0]?.text).toBe('Two causes:\n- one\n- two');
});

test('a note may begin like a list', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('note', key, '- one\n- two');
  expect((await harness.show(key)).notes[0]?.text).toBe('- one\n- two');
});

test.for<[string, readonly string[], number]>([
  ['without a key', [], 2],
  ['without text', ['KEY'], 2],
  ['of blanks', ['KEY', ' \n '], 2],
  ['that is too long', ['KEY', 'x'.repeat(65_537)], 2],
  ['on an unknown task', ['web-nope', 'text'], 3],
])('a note %s is refused', async ([, argv, exitCode]) => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const words = argv.map((word) => (word === 'KEY' ? key : word));
  expect(await harness.error('note', ...words)).toMatchObject({ exitCode });
  expect((await harness.show(key)).notes).toEqual([]);
});
