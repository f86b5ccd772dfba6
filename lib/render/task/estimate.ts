import type { SuggestedEstimate } from '../../model/answers/estimate.ts';
import type { PlanAnswer } from '../../model/answers/task.ts';
import { renderKey } from '../text/key.ts';

/** What similar tasks took, and the command that takes it over; nothing when it is not known. */
export function renderSuggestion(
  key: string,
  estimate: SuggestedEstimate | null,
): readonly string[] {
  if (estimate === null) return [];
  const { minutes } = estimate;
  return [
    `Similar tasks took ${tookText(estimate)}: docket update ${renderKey(key)} --estimate ${minutes}`,
  ];
}

/** The same for the steps of a plan, in one line. */
export function renderSuggestions(estimates: PlanAnswer['suggestedEstimates']): readonly string[] {
  if (estimates.length === 0) return [];
  const steps = estimates.map(({ key, ...estimate }) => `${renderKey(key)} ${tookText(estimate)}`);
  return [`Similar tasks took: ${steps.join(', ')}. docket update KEY --estimate MINUTES`];
}

function tookText({ minutes, cases }: SuggestedEstimate): string {
  return `${minutes} min (median of ${cases})`;
}
