import type { ChecklistProgress } from '../../model/answers/checklist.ts';
import type { Status } from '../../model/task/task.ts';
import { statusWords } from '../text/mark.ts';

/** Writes a status as headings do: `In Progress` for in_progress. */
export function statusTitle(status: Status): string {
  return statusWords(status).replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Counts things in words: `1 step`, `4 steps`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/**
 * Writes the progress: `2 of 4 complete`. Cancelled tasks are none of the four and are counted
 * apart.
 */
export function progressWords({ cancelled, ...counts }: ChecklistProgress): string {
  const total = counts.completed + counts.inProgress + counts.blocked + counts.pending;
  if (total === 0) return `${cancelled} cancelled`;
  const done = `${counts.completed} of ${total} complete`;
  return cancelled === 0 ? done : `${done}, ${cancelled} cancelled`;
}
