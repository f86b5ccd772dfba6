// Amounts are integers of a currency's smallest unit: cents, or yen, which have none.

/** The sum of what is billed in one currency. */
export interface Amount {
  readonly currency: string;
  readonly amount: number;
}

/** Gives the code of a currency (ISO 4217) in capitals; undefined for others. */
export function findCurrency(code: string): string | undefined {
  const capitals = code.toUpperCase();
  return Intl.supportedValuesOf('currency').includes(capitals) ? capitals : undefined;
}

/** Says how many digits a currency's amounts have after the point: 2 for EUR, 0 for JPY. */
export function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * Computes what minutes cost at a rate an hour, rounded once, half a unit away from zero: what is
 * taken back is what was billed.
 */
export function amountOf(minutes: number, rate: number): number {
  const twice = BigInt(Math.abs(minutes)) * BigInt(rate) * 2n + 60n;
  const amount = Number(twice / 120n);
  return minutes < 0 && amount !== 0 ? -amount : amount;
}

/** Adds amounts up, each currency by itself, sorted by currency. */
export function addAmounts(
  lines: readonly { readonly currency: string | null; readonly amount: number | null }[],
): Amount[] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of lines) {
    if (currency === null || amount === null) continue;
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
