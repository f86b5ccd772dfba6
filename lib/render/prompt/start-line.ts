import type { FindAbsence } from '../../model/prompt/known.ts';
import { type PromptList, promptLimits } from '../../model/prompt/list.ts';
import { safeLine } from '../text/safe-text.ts';

/** Says to a person whose session begins how the list stands; undefined when nothing is open. */
export function renderStartLine(list: PromptList, absence: FindAbsence): string | undefined {
  const { slug, counts, mine, others } = list;
  const abandoned = [...mine, ...others].filter((claim) => absence(claim) !== undefined).length;
  const parts = [
    [counts.inProgress - abandoned, 'in progress'],
    [counts.ready, 'ready'],
    [counts.blocked, 'blocked'],
    [abandoned, 'abandoned'],
  ] as const;
  const shown = parts.flatMap(([number, what]) => {
    // Counting stops at a limit, which is said.
    const text = number >= promptLimits.count ? `${promptLimits.count - 1}+` : String(number);
    return number > 0 ? [`${text} ${what}`] : [];
  });
  return shown.length === 0 ? undefined : `docket ${safeLine(slug, 24)}: ${shown.join(', ')}`;
}
