import { expect, test } from 'vitest';
import { addAmounts, amountOf, digitsOf, findCurrency } from '../../../lib/model/registry/money.ts';

test.for([
  [60, 12_000, 12_000],
  [45, 12_000, 9_000],
  [1, 30, 1],
  [1, 29, 0],
  [-1, 30, -1],
  [-1, 29, 0],
  [7, 5_000, 583],
  [2_000_000_000, 999_999_999, 33_333_333_300_000_000],
] as const)(
  '%i min at %i an hour cost %i, half a unit rounded away from zero',
  ([minutes, rate, amount]) => {
    expect(amountOf(minutes, rate)).toBe(amount);
  },
);

test('currencies are those of ISO 4217, in whatever case', () => {
  expect(findCurrency('eur')).toBe('EUR');
  for (const code of ['', 'EU', 'euro', 'ZZZ', '€'])
    expect(findCurrency(code), code).toBeUndefined();
  expect(['EUR', 'JPY', 'BHD', 'none'].map(digitsOf)).toEqual([2, 0, 3, 2]);
});

test('currencies are not added up, and lines without one are left out', () => {
  const lines = [
    { currency: 'USD', amount: 5 },
    { currency: 'EUR', amount: 7 },
    { currency: 'USD', amount: -2 },
    { currency: null, amount: null },
  ];
  expect(addAmounts(lines)).toEqual([
    { currency: 'EUR', amount: 7 },
    { currency: 'USD', amount: 3 },
  ]);
});
