import { expect, test } from 'vitest';
import { renderAmounts, renderMoney } from '../../../lib/render/text/money.ts';

test.for([
  ['EUR', 12_000, '120.00 EUR'],
  ['EUR', 5, '0.05 EUR'],
  ['EUR', -50, '-0.50 EUR'],
  ['JPY', 120, '120 JPY'],
  ['BHD', 1, '0.001 BHD'],
] as const)('in %s, %i is %s', ([currency, amount, text]) => {
  expect(renderMoney({ currency, amount })).toBe(text);
});

test('several currencies stand side by side', () => {
  const amounts = [
    { currency: 'EUR', amount: 100 },
    { currency: 'JPY', amount: 100 },
  ];
  expect(renderAmounts(amounts)).toBe('1.00 EUR, 100 JPY');
});
