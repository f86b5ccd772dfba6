import { type Status, statuses } from '../model/task/status.ts';

/** The words by which a list can be asked for: statuses, and two words for several. */
export const statusWords = [...statuses, 'open', 'closed'] as const;

export const unfinished: readonly Status[] = ['in_progress', 'blocked', 'pending'];
export const finished: readonly Status[] = ['completed', 'cancelled'];

/**
 * Gives the statuses that some words mean, in the order of the work: running, stuck, to come, done.
 */
export function readStatuses(words: readonly string[]): readonly Status[] {
  const wanted = new Set(words);
  return [...unfinished, ...finished].filter(
    (each) =>
      wanted.has(each) ||
      (each === 'pending' && wanted.has('open')) ||
      (finished.includes(each) && wanted.has('closed')),
  );
}
