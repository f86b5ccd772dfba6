import type { Spread } from './statistics.ts';

/** The unit of a value: a ratio, megabytes, a time, a rate, a count of errors, or characters. */
export type Unit = 'x' | 'MB' | 'ms' | '/s' | 'count' | 'characters';

/** One line of the report. */
export interface Measurement {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
  /** The quartiles, where many runs were made. */
  readonly low?: number;
  readonly high?: number;
  /** The most that `value` may be, or of a rate the least; none where it is only reported. */
  readonly target?: number;
  /** The figures behind the value: `23.1 ms against 21.0 ms`. */
  readonly detail: string;
}

/** Two times that were taken side by side, in milliseconds. */
export interface Pair {
  readonly measured: number;
  readonly reference: number;
}

/** The name of a measurement and its target. */
export interface Target {
  readonly name: string;
  readonly target: number;
}

export function isWithin({ value, unit, target }: Measurement): boolean {
  if (target === undefined) return true;
  return unit === '/s' ? value >= target : value <= target;
}

export function withSpread(spread: Spread): Pick<Measurement, 'value' | 'low' | 'high'> {
  return { value: spread.median, low: spread.low, high: spread.high };
}
