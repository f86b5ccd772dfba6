import { expect, test } from 'vitest';
import { suggestEstimate } from '../../../lib/model/figures/estimate.ts';

const basis = { type: 'bugfix', complexity: null } as const;
const minute = 60_000;

test('five cases are enough, four are not, and what took no time is none', () => {
  const four = [10, 20, 30, 40].map((minutes) => minutes * minute);
  expect(suggestEstimate(four, basis)).toBeNull();
  expect(suggestEstimate([...four, 0], basis)).toBeNull();
  expect(suggestEstimate([...four, 25 * minute], basis)).toEqual({ minutes: 25, cases: 5, basis });
});

test('it is in whole minutes, and never none', () => {
  const short = Array.from({ length: 6 }, () => 1_000);
  expect(suggestEstimate(short, basis)?.minutes).toBe(1);
  const odd = [1, 2, 3, 4, 5, 6].map((minutes) => minutes * minute);
  expect(suggestEstimate(odd, basis)?.minutes).toBe(4);
});
