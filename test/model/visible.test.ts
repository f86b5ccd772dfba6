import { expect, test } from 'vitest';
import { RegistryName } from '../../lib/model/registry/input.ts';
import { parseReport } from '../../lib/model/report/report.ts';
import {
  NoteText,
  Outcome,
  parseInput,
  Reason,
  TaskInput,
  Title,
} from '../../lib/model/task/input.ts';
import { isVisible } from '../../lib/model/visible.ts';

const nothing: Readonly<Record<string, string>> = {
  'a zero-width space': '\u200b',
  joiners: '\u200c\u200d',
  'a word joiner': '\u2060',
  'a byte-order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'bidi marks': '\u200e\u202e\u2066\u2069',
  'a grapheme joiner': '\u034f',
  'Hangul fillers': '\u115f\u1160\u3164\uffa0',
  'Khmer vowels without a sound': '\u17b4\u17b5',
  'a Mongolian separator': '\u180e',
  'variation selectors': '\ufe0f\u{e0100}',
  'tag characters': '\u{e0041}\u{e007f}',
  'blank braille': '\u2800',
  'a blank note head': '\u{1d159}',
  'an accent without a letter': '\u0301\u20dd',
  'controls and spaces': '\u0001\t \u00a0\u3000\u2028',
  'several of them': ' \u200b\u3164\u2800 ',
};

test.each(Object.entries(nothing))('nothing is seen of %s', (_, text) => {
  expect(isVisible(text)).toBe(false);
});

test.each([
  'a',
  '0',
  '-',
  'é',
  'e\u0301',
  '任务',
  '한',
  '🧪',
  '👩‍💻',
  '\u2801',
  'กำ',
  '\ue0b0',
  '\u200bx',
])('%j is seen', (text) => {
  expect(isVisible(text)).toBe(true);
});

test.each([
  ['title', Title],
  ['note', NoteText],
  ['reason', Reason],
  ['name', RegistryName],
])(
  'a %s of invisible characters is refused, and one with spaces alone is empty',
  (what, schema) => {
    for (const text of Object.values(nothing).filter((each) => each.trim() !== '')) {
      expect(() => parseInput(schema, text, { what })).toThrow(
        `${what} has nothing but invisible characters`,
      );
    }
    expect(() => parseInput(schema, ' ', { what })).toThrow(`${what} is empty`);
    expect(() => parseInput(schema, '', { what })).toThrow(`${what} is empty`);
    expect(parseInput(schema, 'Fix it', { what })).toBe('Fix it');
  },
);

test('an agent’s name of invisible characters is refused', () => {
  const input = { title: 'Task', assigned_agent: '\u3164' };
  expect(() => parseInput(TaskInput, input, { what: 'task:' })).toThrow(
    'task: assigned_agent has nothing but invisible characters',
  );
});

test('an outcome of which nothing is seen is none', () => {
  expect(parseInput(Outcome, '\u200b', { what: 'outcome' })).toBe('');
  expect(parseInput(Outcome, ' - done\n', { what: 'outcome' })).toBe(' - done\n');
});

test('a report whose blockers say nothing names none', () => {
  const report = { status: 'blocked', blockers: ['\u200b', '\u2800'] };
  expect(() => parseReport(report, { type: 'bugfix', isReview: false })).toThrow(
    'blockers says nothing',
  );
});
