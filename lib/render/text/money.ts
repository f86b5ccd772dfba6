import { type Amount, digitsOf } from '../../model/registry/money.ts';
import { safeLine } from './safe-text.ts';

/** Writes an amount as a number with a point: `120.00`, and `120` where the currency has no cents. */
export function renderDecimal({ amount, currency }: Amount): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return amount < 0 ? `-${whole}` : whole;
}

/** Writes an amount with its currency: `120.00 EUR`. */
export function renderMoney(amount: Amount): string {
  return `${renderDecimal(amount)} ${safeLine(amount.currency, 3)}`;
}

/** Writes amounts of several currencies, which are never added up: `120.00 EUR, 80 JPY`. */
export function renderAmounts(amounts: readonly Amount[]): string {
  return amounts.map(renderMoney).join(', ');
}

/** Writes what agents cost, in US dollars: `$0.84`, `under $0.01`. */
export function renderDollars(dollars: number): string {
  return dollars < 0.01 ? 'under $0.01' : `$${dollars.toFixed(2)}`;
}
