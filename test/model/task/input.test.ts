import { expect, test } from 'vitest';
import { DocketError, exitCodeOf } from '../../../lib/model/errors.ts';
import { codePoints, limits } from '../../../lib/model/limits.ts';
import {
  NoteText,
  Outcome,
  parseInput,
  Reason,
  TaskInput,
  Title,
} from '../../../lib/model/task/input.ts';
import { serialiseContext } from '../../../lib/model/task/serialise-context.ts';

test('lengths are counted in characters, as MySQL counts them', () => {
  expect(codePoints('a🦀e\u0301')).toBe(4);
  expect(codePoints('')).toBe(0);
});

test('a title is trimmed, has one line, and at most 500 characters', () => {
  const title = (value: unknown) => parseInput(Title, value, { what: 'title' });
  expect(title('  x ')).toBe('x');
  expect(title(`${' '.repeat(600)}x`)).toBe('x');
  expect(title('🦀'.repeat(limits.title))).toHaveLength(2 * limits.title);
  for (const wrong of ['', ' ', 'a\nb', 'a\rb', 'a\0b', 'x'.repeat(limits.title + 1), 7, null]) {
    expect(() => title(wrong)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  }
});

test('600 characters are refused with both numbers', () => {
  expect(() => parseInput(TaskInput, { title: 'x'.repeat(600) }, { what: 'task:' })).toThrow(
    /title has 600 characters; at most 500 are allowed/,
  );
});

test('every text has a limit and no NUL', () => {
  const schemas = [
    [NoteText, limits.note],
    [Reason, limits.reason],
    [Outcome, limits.outcome],
  ] as const;
  for (const [schema, limit] of schemas) {
    const parse = (text: string) => parseInput(schema, text, { what: 'it' });
    expect(parse('🦀'.repeat(limit))).toHaveLength(2 * limit);
    expect(() => parse('x'.repeat(limit + 1))).toThrow(/at most/);
    expect(() => parse('a\0b')).toThrow(/NUL/);
  }
});

test('a context has a limit as the JSON that it is stored as', () => {
  const room = limits.context - JSON.stringify({ a: '' }).length;
  expect(serialiseContext({ a: 'x'.repeat(room) })).toHaveLength(limits.context);
  expect(() => serialiseContext({ a: 'x'.repeat(room + 1) })).toThrow(
    expect.objectContaining({ code: 'invalid_input' }),
  );
});

test('what a task does not have is refused by name', () => {
  expect(() => parseInput(TaskInput, { title: 'x', owner: 'y' }, { what: 'task:' })).toThrow(
    /owner/,
  );
});

test('an error keeps its cause and has an exit code', () => {
  const cause = new Error('below');
  const error = new DocketError('cycle', 'round', { hint: 'docket show', cause });
  expect(error).toMatchObject({ name: 'DocketError', code: 'cycle', hint: 'docket show', cause });
  expect('cause' in new DocketError('cycle', 'round')).toBe(false);
  expect(
    (['internal', 'usage', 'not_found', 'already_claimed', 'unreachable'] as const).map(exitCodeOf),
  ).toEqual([1, 2, 3, 4, 69]);
});
