import type { OpenList } from '../access/list-context.ts';
import type { PastTaskList } from '../model/answers/past.ts';
import type { TaskList } from '../model/answers/task.ts';
import { DocketError } from '../model/errors.ts';
import { type PastMoment, pastHint, readMoment, readPastMoment } from '../model/task/moment.ts';
import { tellAsOf, viewPast } from '../tracker/past/as-of.ts';
import { lookBack } from '../tracker/past/rebuild.ts';

const clock = /^([01]?[0-9]|2[0-3]):[0-5][0-9]$/;

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

/** Looks at a list as it was, and says of which moment it is. */
export function listPast(
  list: OpenList,
  moment: PastMoment,
  look: (list: OpenList) => Promise<TaskList>,
): Promise<PastTaskList> {
  return lookBack(list.scope, moment, async (past) => {
    const found = await look({ ...list, scope: past.scope });
    return {
      ...found,
      tasks: found.tasks.map(viewPast),
      asOf: await tellAsOf(past, found.tasks),
    };
  });
}
