import { expect, test } from 'vitest';
import { reportInText } from '../../../lib/model/report/report-in-text.ts';

test.each([
  ['the whole text', '{"status":"completed"}'],
  ['a block', 'Done.\n```json\n{"status":"completed"}\n```\nBye'],
  ['the last of several blocks', '```\nnpm test\n```\n```json \n{"status":"completed"}\n``` '],
])('a report is found as %s', (_, text) => {
  expect(reportInText(text)).toEqual({ status: 'completed' });
});

test.each(['', '[]', '```json\n{"status":"completed"}', 'a ```json\n{}\n```'])(
  'in %j there is none',
  (text) => {
    expect(reportInText(text)).toBeUndefined();
  },
);

test('words that open a million blocks are read in one pass', () => {
  const start = performance.now();
  expect(reportInText('```json\n'.repeat(1_000_000))).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(30_000);
});
