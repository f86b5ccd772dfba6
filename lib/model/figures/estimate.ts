import type { SuggestedEstimate } from '../answers/estimate.ts';
import { median } from '../quantile.ts';

/** From so many cases on, what similar tasks took is worth to be said. */
const fewestCases = 5;

/** Null when there are too few cases; what took no time at all is none. */
export function suggestEstimate(
  activeMs: readonly number[],
  basis: SuggestedEstimate['basis'],
): SuggestedEstimate | null {
  const cases = activeMs.filter((time) => time > 0);
  const middle = median(cases);
  if (middle === undefined || cases.length < fewestCases) return null;
  return { minutes: Math.max(1, Math.round(middle / 60_000)), cases: cases.length, basis };
}
