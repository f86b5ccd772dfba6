import type { Status } from '../../model/task/task.ts';
import type { Paint } from './style.ts';

/** How a status looks in lists and checklists. */
export const marks: Readonly<Record<Status, { readonly sign: string; readonly paint?: Paint }>> = {
  pending: { sign: '[ ]' },
  in_progress: { sign: '[→]', paint: 'yellow' },
  blocked: { sign: '[!]', paint: 'red' },
  completed: { sign: '[✓]', paint: 'green' },
  cancelled: { sign: '[-]', paint: 'dim' },
};

/** Writes a status in words: `in progress` for in_progress. */
export function statusWords(status: Status): string {
  return status.replace('_', ' ');
}
