import { findByWord } from '../../model/known-word.ts';
import type { Status } from '../../model/task/task.ts';
import { safeLine } from './safe-text.ts';
import type { Paint } from './style.ts';

interface Mark {
  readonly sign: string;
  readonly paint?: Paint;
}

/** The columns that each sign takes on a terminal. */
export const signWidth = 3;

/** The sign of a status that this docket does not know. */
export const unknownSign = '[?]';

const marks: Readonly<Record<Status, Mark>> = {
  pending: { sign: '[ ]' },
  in_progress: { sign: '[→]', paint: 'cyan' },
  blocked: { sign: '[!]', paint: 'red' },
  completed: { sign: '[✓]', paint: 'green' },
  cancelled: { sign: '[-]', paint: 'dim' },
};

/** Gives how a status looks in lists and checklists; that of a newer docket has a sign of its own. */
export function markOf(status: Status): Mark {
  return findByWord(marks, status) ?? { sign: unknownSign };
}

/** Writes a status in words: `in progress` for in_progress. */
export function statusWords(status: Status): string {
  return safeLine(status.replace('_', ' '), 16);
}
