import { type Status, statuses } from '../../lib/model/task/status.ts';
import type { Flags } from '../command.ts';

/** Which statuses a list is to have. */
export const statusFlag = {
  status: {
    type: 'string',
    list: true,
    value: 'STATUS',
    choices: [...statuses, 'open', 'closed'],
    description: 'only these; open is pending, closed is completed or cancelled',
  },
} as const satisfies Flags;

export const unfinished: readonly Status[] = ['in_progress', 'blocked', 'pending'];
export const finished: readonly Status[] = ['completed', 'cancelled'];

/** In the order of the work: what runs, what is stuck, what comes, what is done. */
export function readStatuses(given: readonly string[]): readonly Status[] {
  const wanted = new Set(given);
  return [...unfinished, ...finished].filter(
    (each) =>
      wanted.has(each) ||
      (each === 'pending' && wanted.has('open')) ||
      (finished.includes(each) && wanted.has('closed')),
  );
}
