import { expect, test } from 'vitest';
import { boldText } from '../../../lib/render/checklist/bold-text.ts';
import { joinNames } from '../../../lib/render/checklist/names.ts';
import { progressWords } from '../../../lib/render/checklist/progress-words.ts';
import { renderMinutes, statusTitle } from '../../../lib/render/checklist/words.ts';
import { plainStyle } from '../../../lib/render/style.ts';

const look = { style: plainStyle, ascii: false };

test.for([
  [0, 'under 1 min'],
  [1, '1 min'],
  [59, '59 min'],
  [60, '1 h'],
  [61, '1 h 1 min'],
  [6_000, '100 h'],
] as const)('%i minutes are %s', ([minutes, words]) => {
  expect(renderMinutes(minutes)).toBe(words);
});

test('headings have a status in capitals', () => {
  expect(statusTitle('in_progress')).toBe('In Progress');
});

test('what was cancelled is not among what is to be completed', () => {
  const counts = { completed: 2, inProgress: 1, blocked: 0, pending: 1, cancelled: 0 };
  expect(progressWords(counts)).toBe('2 of 4 complete');
  expect(progressWords({ ...counts, cancelled: 3 })).toBe('2 of 4 complete, 3 cancelled');
  const none = { completed: 0, inProgress: 0, blocked: 0, pending: 0, cancelled: 3 };
  expect(progressWords(none)).toBe('3 cancelled');
});

test('names are told up to a number, and the rest is counted', () => {
  expect(joinNames(['a', 'b'], 2, look)).toBe('a, b');
  expect(joinNames(['a', 'b', 'c', 'd'], 2, look)).toBe('a, b, +2 more');
});

test('a name that could pass for several, or for the count, is quoted', () => {
  expect(joinNames(['a, b', '+9 more', '', '"'], 9, look)).toBe(`"a, b", "+9 more", "", "'"`);
});

test.for([
  ['plain * text', 'plain * text'],
  ['a**b', 'a\\*\\*b'],
  ['*a', '\\*a'],
  ['a\\', 'a\\\\'],
] as const)('%s cannot end bold type', ([text, shown]) => {
  expect(boldText(text)).toBe(shown);
});
