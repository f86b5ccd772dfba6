import { expect, test } from 'vitest';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

/** Runs a command, and gives what it says beside its answer. */
async function remarks(
  harness: CliHarness,
  ...argv: readonly string[]
): Promise<readonly string[]> {
  const lines: string[] = [];
  const progress = (line: string) => lines.push(line);
  expect((await harness.with({ progress }).run(...argv)).exitCode).toBe(0);
  return lines;
}

const remark = ['docket: \\n is kept as the two characters it is; a real line break can be quoted'];

test('line breaks that are written out are kept, and told of once', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await remarks(harness, 'note', key, 'a\\nb')).toEqual(remark);
  expect((await harness.show(key)).notes[0]?.text).toBe('a\\nb');
  expect(
    await remarks(harness, 'update', key, '--description', 'a\\n- b', '--outcome', 'c\\nd'),
  ).toEqual(remark);
  expect(await remarks(harness, 'close', key, '--outcome', 'It said \\"no\\".\\n\\nThen:')).toEqual(
    remark,
  );
  expect((await harness.show(key)).task.outcome).toBe('It said \\"no\\".\\n\\nThen:');
});

test.for([
  'C:\\new\\notes',
  'the log is in d:\\news',
  'matches \\d+\\n',
  'split by \\\\n',
  'a\nb has \\n in it',
  '\\server\\news\\x',
  'a \\ b',
])('%j is nobody’s line break', async (text) => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await remarks(harness, 'note', key, text)).toEqual([]);
  expect((await harness.show(key)).notes[0]?.text).toBe(text);
});

test('JSON has its line breaks written out, and standard input has what is meant', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const plan = '{"title":"Plan","description":"a\\nb","subtasks":[{"title":"Step"}]}';
  expect(await remarks(harness, 'plan', plan)).toEqual([]);
  expect(await remarks(harness, 'update', key, '--context', '{"cause":"a\\nb"}')).toEqual([]);
  expect(await remarks(harness.with({ stdin: 'a\\nb' }), 'note', key)).toEqual([]);
});
