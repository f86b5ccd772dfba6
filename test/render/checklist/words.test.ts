import { expect, test } from 'vitest';
import { renderNames } from '../../../lib/render/checklist/layout.ts';
import { nameOfAgent } from '../../../lib/render/checklist/line.ts';
import { boldText } from '../../../lib/render/checklist/passages.ts';
import { progressWords, statusTitle } from '../../../lib/render/checklist/words.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';

const layout = { style: plainStyle, ascii: false };

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

function files(names: readonly string[], most: number, width?: number) {
  return renderNames({ label: 'Files: ', names, most }, layout, width);
}

test('names are told up to a number, and the rest is counted', () => {
  expect(files(['a', 'b'], 2)).toBe('Files: a, b');
  expect(files(['a', 'b', 'c', 'd'], 2)).toBe('Files: a, b, +2 more');
});

test('where the line is short fewer names are told, and the count holds', () => {
  const names = ['first.ts', 'second.ts', 'third.ts'];
  expect(files(names, 3, 40)).toBe('Files: first.ts, second.ts, third.ts');
  expect(files(names, 3, 35)).toBe('Files: first.ts, second.ts, +1 more');
  expect(files(names, 3, 30)).toBe('Files: first.ts, +2 more');
  expect(files(names, 3, 20)).toBe('Files: fir…, +2 more');
});

test('a name that could pass for several, or for the count, is quoted', () => {
  expect(files(['a, b', '+9 more', '', '"'], 9)).toBe(`Files: "a, b", "+9 more", "", "'"`);
});

test('an agent’s name ends no parenthesis and opens no tag', () => {
  expect(nameOfAgent('A) (completed', layout)).toBe('A completed');
  expect(nameOfAgent('<[b>', layout)).toBe('‹ b>');
  expect(nameOfAgent('()', layout)).toBe('unnamed');
});

test.for([
  ['plain text', 'plain text'],
  ['C:\\path', 'C:\\path'],
  ['a * b', 'a \\* b'],
  ['a**b', 'a\\*\\*b'],
  ['*a', '\\*a'],
  ['a\\', 'a\\\\'],
] as const)('%s cannot end bold type', ([text, shown]) => {
  expect(boldText(text)).toBe(shown);
});
