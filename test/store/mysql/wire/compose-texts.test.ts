import { expect, test } from 'vitest';
import { composeTexts } from '../../../../lib/store/mysql/wire/compose-texts.ts';

test('puts statements with their values into one text', () => {
  expect(
    composeTexts([
      { sql: 'UPDATE tasks SET title = ?', params: ['what?; now'] },
      { sql: 'SELECT 1 -- the end' },
      { sql: 'SELECT 2' },
    ]),
  ).toEqual([
    {
      sql: "UPDATE tasks SET title = 'what?; now'\n;\nSELECT 1 -- the end\n;\nSELECT 2",
      count: 3,
    },
  ]);
});

test('leaves one statement as it is', () => {
  expect(composeTexts([{ sql: 'SELECT ?', params: [1] }])).toEqual([{ sql: 'SELECT 1', count: 1 }]);
  expect(composeTexts([])).toEqual([]);
});

test('refuses a statement that holds two', () => {
  expect(() => composeTexts([{ sql: 'SELECT 1; SELECT 2' }])).toThrow('two statements in one');
});

test('bounds what one text holds', () => {
  const short = Array.from({ length: 450 }, () => ({ sql: 'SELECT 1' }));
  expect(composeTexts(short).map(({ count }) => count)).toEqual([200, 200, 50]);
  const long = Array.from({ length: 3 }, () => ({
    sql: 'SELECT ?',
    params: ['x'.repeat(400_000)],
  }));
  expect(composeTexts(long).map(({ count }) => count)).toEqual([2, 1]);
  const tooLong = { sql: 'SELECT ?', params: ['é'.repeat(4_000_000)] };
  expect(composeTexts([{ sql: 'SELECT 1' }, tooLong]).map(({ count }) => count)).toEqual([1, 1]);
});
