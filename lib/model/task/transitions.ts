import { DocketError } from '../errors.ts';
import { byWord } from '../known-word.ts';
import { isClosed } from './status.ts';
import type { Status } from './task.ts';

/** The transitions of a task's status, and no others. */
const transitions: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['in_progress', 'blocked', 'completed', 'cancelled'],
  in_progress: ['completed', 'blocked', 'cancelled', 'pending'],
  blocked: ['in_progress', 'pending', 'completed', 'cancelled'],
  completed: ['pending'],
  cancelled: ['pending'],
};

/** @throws DocketError `schema_too_new` for a status of a newer docket. */
export function canMove(from: Status, to: Status): boolean {
  return byWord(transitions, from, 'status').includes(to);
}

/** @throws DocketError `invalid_transition`, `schema_too_new` */
export function requireMove(key: string, from: Status, to: Status): void {
  if (canMove(from, to)) return;
  const allowed = transitions[from].join(', ');
  const what =
    isClosed(from) && from === to ? `${from} already` : `${from}; it cannot become ${to}`;
  throw new DocketError('invalid_transition', `${key} is ${what}`, {
    hint:
      hintFor(key, from, to) ?? `From ${from} a task becomes ${allowed}. See docket show ${key}`,
  });
}

function hintFor(key: string, from: Status, to: Status): string | undefined {
  if (from !== 'completed' && from !== 'cancelled') return undefined;
  if (from === to) return `docket update ${key} --outcome TEXT changes what is said of it`;
  return `docket reopen ${key}`;
}
