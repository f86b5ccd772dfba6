import type { Run } from '../run/run.ts';
import { minutesOf } from '../run/run.ts';
import { billableTime, type TimedTask, type WorkedTime } from './minutes.ts';

/** Milliseconds of idle time from which on it is said. */
const fewestMs = 10 * 60_000;

/** What counts of the time held, at most, where idle time is said. */
const mostShare = 0.75;

/** The minutes that are suggested for a bill. */
export interface Suggestion {
  readonly minutes: number;
  /** From the beginnings of its runs to their ends, where much of it was idle; else null. */
  readonly heldMinutes: number | null;
}

/**
 * Suggests the minutes to bill for a task with everything below it: those that were worked. Null
 * when some were given, when nothing is billed, and when nobody worked.
 *
 * @param at the present time, ISO, up to which runs under way are held.
 */
export function suggestMinutes(
  task: TimedTask,
  {
    below,
    runs,
    at,
  }: {
    readonly below: readonly TimedTask[];
    readonly runs: readonly Pick<Run, 'taskId' | 'activeMs' | 'startedAt' | 'finishedAt'>[];
    readonly at: string;
  },
): Suggestion | null {
  if (!task.billable || task.billableMinutes !== null) return null;
  const timeMs = billableTime(task, below, runs);
  if (timeMs === 0) return null;
  const held = runs.map(({ taskId, activeMs, startedAt, finishedAt }): WorkedTime => {
    const spanMs = Date.parse(finishedAt ?? at) - Date.parse(startedAt);
    return { taskId, activeMs: Math.max(activeMs, spanMs) };
  });
  const heldMs = billableTime(task, below, held);
  const isIdle = heldMs - timeMs >= fewestMs && timeMs <= heldMs * mostShare;
  return { minutes: minutesOf(timeMs), heldMinutes: isIdle ? minutesOf(heldMs) : null };
}
