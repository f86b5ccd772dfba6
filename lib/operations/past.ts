import type { OpenList } from '../access/list-context.ts';
import { DocketError } from '../model/errors.ts';
import { type PastMoment, pastHint, readMoment, readPastMoment } from '../model/task/moment.ts';
import { rebuildLists } from '../tracker/past/rebuild.ts';
import type { PastList } from '../tracker/past/rebuilding.ts';

const clock = /^([01]?[0-9]|2[0-3]):[0-5][0-9]$/;

/** A list as it was, with the list that a look reads. */
export interface OpenPast {
  readonly past: PastList;
  readonly list: OpenList;
}

/**
 * Reads a time that was, in the words of people or ISO 8601, or the number of an event.
 *
 * @param edge the moment of a day that it stands for
 * @throws DocketError `invalid_input`
 */
export function requirePastMoment(given: string | number, edge: 'start' | 'end'): PastMoment {
  const moment = readPastMoment(String(given), edge);
  if (moment !== undefined) return moment;
  const isToCome = readMoment(String(given), edge) || clock.test(String(given).trim());
  const why = isToCome ? 'is still to come' : 'is no time that was';
  throw new DocketError('invalid_input', `${JSON.stringify(given)} ${why}`, {
    hint: pastHint,
  });
}

/** Rebuilds the list as it was, which the caller closes. */
export async function openPast(list: OpenList, moment: PastMoment): Promise<OpenPast> {
  const [past] = await rebuildLists(list.scope, [moment]);
  if (past === undefined) throw new Error('a list was asked for');
  return { past, list: { ...list, scope: past.scope } };
}
