import type { SuggestedEstimate } from '../answers/estimate.ts';
import { median } from '../quantile.ts';

/** The number of cases from which on similar tasks tell something. */
const fewestCases = 5;

/**
 * Suggests the median as an estimate; null with too few cases. A case without time does not count.
 */
export function suggestEstimate(
  activeMs: readonly number[],
  basis: SuggestedEstimate['basis'],
): SuggestedEstimate | null {
  const cases = activeMs.filter((time) => time > 0);
  const middle = median(cases);
  if (middle === undefined || cases.length < fewestCases) return null;
  return { minutes: Math.max(1, Math.round(middle / 60_000)), cases: cases.length, basis };
}
