import { expect, test } from 'vitest';
import { median, quantile, spreadOf } from '../../../bench/measure/statistics.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([5])).toBe(5);
});

test('a quantile is taken between the nearest values, whatever their order', () => {
  expect(quantile([30, 10, 20, 50, 40], 0.25)).toBe(20);
  expect(quantile([30, 10, 20, 50, 40], 1)).toBe(50);
  expect(quantile([10, 20], 0.75)).toBe(17.5);
});

test('one slow run does not move the quartiles', () => {
  expect(spreadOf([1, 1, 1, 1, 900])).toEqual({ low: 1, median: 1, high: 1 });
});
