import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, percentile } from '../../lib/model/quantile.ts';

const some = fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 60 });

test('of nothing there is none', () => {
  expect(median([])).toBeUndefined();
  expect(percentile([], 90)).toBeUndefined();
});

test('the median is the value in the middle, or between the two there', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
  expect(median([7])).toBe(7);
});

test('as many values lie below a median as above it, and their order does not matter', () => {
  fc.assert(
    fc.property(some, (values) => {
      const middle = median(values) ?? Number.NaN;
      const below = values.filter((value) => value < middle).length;
      const above = values.filter((value) => value > middle).length;
      expect(below).toBeLessThanOrEqual(values.length / 2);
      expect(above).toBeLessThanOrEqual(values.length / 2);
      expect(median([...values].reverse())).toBe(middle);
    }),
  );
});

test('a percentile is the smallest value that so many do not exceed', () => {
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90)).toBe(9);
  expect(percentile([5], 90)).toBe(5);
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const found = percentile(values, percent) ?? Number.NaN;
      const needed = (values.length * percent) / 100;
      const within = (limit: number) => values.filter((value) => value <= limit).length;
      expect(values).toContain(found);
      expect(within(found)).toBeGreaterThanOrEqual(needed);
      const smaller = values.filter((value) => value < found);
      for (const value of smaller) expect(within(value)).toBeLessThan(needed);
    }),
  );
});
