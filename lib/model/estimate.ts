import * as z from 'zod/mini';
import { median } from './quantile.ts';
import { Complexity, TaskType } from './task.ts';

/** From so many cases on, what similar tasks took is worth to be said. */
const fewestCases = 5;

/** What similar tasks took, said of a new one that nobody has estimated. */
export const SuggestedEstimate = z.object({
  /** Median of the active time. */
  minutes: z.int(),
  cases: z.int(),
  /** What makes them similar: complexity is null where the new task has none. */
  basis: z.object({ type: TaskType, complexity: z.nullable(Complexity) }),
});
export type SuggestedEstimate = z.infer<typeof SuggestedEstimate>;

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
