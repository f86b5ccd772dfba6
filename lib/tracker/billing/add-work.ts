import type { WorkItemView } from '../../model/answers/work-item.ts';
import type { WorkItemInput } from '../../model/billing/work-item-input.ts';
import { parseDay } from '../../model/day.ts';
import { DocketError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { dayOf, findTimeZone, startOfDay } from '../../model/time-zone.ts';
import { nothing } from '../../store/sql/request.ts';
import { findByName } from '../registry/entries.ts';
import { clientKind } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';
import { isoTime, storedTime } from '../stored-time.ts';
import { applyClose } from '../tasks/close.ts';
import { addTask } from '../tasks/create.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findOne } from './work-items.ts';

/** Work that was done without a task. */
export interface DoneWork extends WorkItemInput {
  /** The name of the client. */
  readonly client: string;
  readonly minutes: number;
  readonly problem: string;
  /** The day on which it was done, of the client's time zone; else now. */
  readonly day?: string | undefined;
  /** The time zone for clients that have none; UTC by default. */
  readonly ownTimeZone?: string | undefined;
}

/**
 * Bills work that no task was made for: it becomes a completed task, and so gets a work item.
 *
 * @throws DocketError `not_found` (the client), `invalid_input` (no day, one to come)
 */
export function billWork(scope: Scope, work: DoneWork): Promise<WorkItemView> {
  const { client: name, minutes, problem, solution, category, day, ownTimeZone = 'UTC' } = work;
  return writeWorkspace(scope, {}, async (write) => {
    const { workspaceId } = scope;
    const client = await findByName(write.db, clientKind, { workspaceId, name });
    const zone = findTimeZone(client.timeZone ?? '') ?? ownTimeZone;
    const at = day === undefined ? write.at : momentOf(day, zone, isoTime(write.at));
    const { id } = await addTask(write, {
      title: titleOf(problem),
      client: client.slug,
      billable: true,
      billable_minutes: minutes,
      task_context: { problem, ...(category && { category }) },
    });
    await applyClose(write, write.list.task(id), { outcome: solution });
    write.list.change(id, { started_at: at, completed_at: at });
    await write.deriveAll();
    await write.flush(nothing);
    return findOne(write.db, write.list.task(id));
  });
}

/** Gives the noon of a day, or its beginning today. @throws DocketError `invalid_input` */
function momentOf(text: string, timeZone: string, now: string): string {
  const day = parseDay(text, '--day');
  const today = dayOf(now, timeZone);
  if (day > today) {
    throw new DocketError('invalid_input', `--day ${day} is still to come`, {
      hint: `Today is ${today} (${timeZone})`,
    });
  }
  const start = startOfDay(day, timeZone);
  const noon = new Date(Date.parse(start) + 12 * 3_600_000).toISOString();
  return storedTime(noon < now ? noon : start);
}

/** Gives the first line of what was wrong or wanted. */
function titleOf(problem: string): string {
  const [line = ''] = problem.trim().split(/[\r\n]/, 1);
  return [...line].slice(0, limits.title).join('');
}
