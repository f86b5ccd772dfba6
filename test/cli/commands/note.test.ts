import { expect, test } from 'vitest';
import { NoteAnswer } from '../../../lib/model/answers/task.ts';
import { openDesk } from '../desk.ts';

test('a note is kept with its author', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const { note } = await desk.json(NoteAnswer, 'note', key, 'Found it: cost $5');
  expect(note).toMatchObject({ task: key, text: 'Found it: cost $5', actor: 'alice@one' });
  expect((await desk.show(key)).notes).toEqual([note]);
});

test('a note of several lines comes on standard input', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const text = await desk.with({ stdin: 'Two causes:\n- one\n- two\n' }).text('note', key);
  expect(text).toBe(`Noted on ${key}`);
  expect((await desk.show(key)).notes[0]?.text).toBe('Two causes:\n- one\n- two');
});

test('a note may begin like a list', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  await desk.text('note', key, '- one\n- two');
  expect((await desk.show(key)).notes[0]?.text).toBe('- one\n- two');
});

test.for<[string, readonly string[], number]>([
  ['without a key', [], 2],
  ['without text', ['KEY'], 2],
  ['of blanks', ['KEY', ' \n '], 2],
  ['that is too long', ['KEY', 'x'.repeat(65_537)], 2],
  ['on an unknown task', ['web-nope', 'text'], 3],
])('a note %s is refused', async ([, argv, exitCode]) => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const words = argv.map((word) => (word === 'KEY' ? key : word));
  expect(await desk.error('note', ...words)).toMatchObject({ exitCode });
  expect((await desk.show(key)).notes).toEqual([]);
});
