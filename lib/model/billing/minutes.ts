import type { Client } from '../registry/entry.ts';
import { roundings } from '../registry/rounding.ts';
import { minutesOf } from '../run/run.ts';

/** Whole minutes as the client rounds them. */
export function roundMinutes(
  minutes: number,
  { roundingMinutes, roundingMode }: Pick<Client, 'roundingMinutes' | 'roundingMode'>,
): number {
  return roundings[roundingMode].round(minutes, roundingMinutes);
}

/** What of a task decides how many of its minutes are billed. */
export interface TimedTask {
  readonly id: string;
  readonly parentId: string | null;
  readonly billable: boolean;
  readonly billableMinutes: number | null;
}

/** Milliseconds that were worked in one run of a task. */
export interface WorkedTime {
  readonly taskId: string;
  readonly activeMs: number;
}

/** Minutes to bill for a task with all that is below it, before a client's rounding. */
export function billableMinutes(
  task: TimedTask,
  below: readonly TimedTask[],
  worked: readonly WorkedTime[],
): number {
  const own = new Map<string, number>();
  for (const { taskId, activeMs } of worked) own.set(taskId, (own.get(taskId) ?? 0) + activeMs);
  const children = Map.groupBy(below, ({ parentId }) => parentId);
  const workOf = ({ id, billable, billableMinutes }: TimedTask): WorkedTask => ({
    billable,
    billableMinutes,
    activeMs: own.get(id) ?? 0,
    subtasks: (children.get(id) ?? []).map(workOf),
  });
  return minutesToBill(workOf(task));
}

/** A task with what is below it, as far as its time goes. */
export interface WorkedTask {
  readonly billable: boolean;
  /** What somebody said it comes to; takes the place of what was measured of it and below it. */
  readonly billableMinutes: number | null;
  /** Milliseconds of its own runs, without idle time. */
  readonly activeMs: number;
  readonly subtasks: readonly WorkedTask[];
}

/**
 * Whole minutes to bill for a task, before a client's rounding: what was said, else whole minutes of
 * what was measured of it and, alike, of each billable subtask. So a bill is the sum of the minutes
 * that a checklist shows.
 */
export function minutesToBill({ billableMinutes, activeMs, subtasks }: WorkedTask): number {
  if (billableMinutes !== null) return billableMinutes;
  return subtasks
    .filter(({ billable }) => billable)
    .reduce((sum, subtask) => sum + minutesToBill(subtask), minutesOf(activeMs));
}
