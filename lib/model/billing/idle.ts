import type { MinutesRuleName } from '../registry/minutes-rule.ts';
import type { MinutesPart } from '../run/minutes-part.ts';
import { minutesOf, type Run } from '../run/run.ts';
import { billedTime, partsOfTask, type TimedTask, type WorkedTime } from './minutes.ts';

/** Milliseconds of idle time from which on it is said. */
const fewestMs = 10 * 60_000;

/** What counts of the time held, at most, where idle time is said. */
const mostShare = 0.75;

/** The minutes that are suggested for a bill. */
export interface Suggestion {
  readonly minutes: number;
  /** From the beginnings of its runs to their ends, where much of it was idle; else null. */
  readonly heldMinutes: number | null;
  readonly minutesFrom: readonly MinutesPart[];
}

/**
 * Suggests the minutes to bill for a task with everything below it, by the client's rule. Null
 * when some were given, when nothing is billed, and when nobody worked.
 *
 * @param at the present time, ISO, up to which runs under way are held.
 */
export function suggestMinutes(
  task: TimedTask,
  {
    below,
    runs,
    rule,
    at,
  }: {
    readonly below: readonly TimedTask[];
    readonly runs: readonly (WorkedTime & Pick<Run, 'startedAt' | 'finishedAt'>)[];
    readonly rule: MinutesRuleName;
    readonly at: string;
  },
): Suggestion | null {
  if (!task.billable || task.billableMinutes !== null) return null;
  const parts = partsOfTask(task, below, { worked: runs, rule });
  const timeMs = billedTime(parts);
  if (timeMs === 0) return null;
  const held = runs.map((run): WorkedTime => {
    const spanMs = Date.parse(run.finishedAt ?? at) - Date.parse(run.startedAt);
    return { ...run, activeMs: Math.max(run.activeMs, run.clock === 'said' ? 0 : spanMs) };
  });
  const heldMs = billedTime(partsOfTask(task, below, { worked: held, rule }));
  const isIdle = heldMs - timeMs >= fewestMs && timeMs <= heldMs * mostShare;
  return {
    minutes: minutesOf(timeMs),
    heldMinutes: isIdle ? minutesOf(heldMs) : null,
    minutesFrom: parts,
  };
}
