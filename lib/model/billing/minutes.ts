import { byWord } from '../known-word.ts';
import type { Client } from '../registry/entry.ts';
import { roundings } from '../registry/rounding.ts';
import { minuteMs } from '../run/run.ts';

/**
 * Rounds milliseconds to the minutes that are billed, by the client's rule.
 *
 * @throws DocketError `schema_too_new` for a rounding of a newer docket.
 */
export function roundToBill(
  timeMs: number,
  { roundingMinutes, roundingMode }: Pick<Client, 'roundingMinutes' | 'roundingMode'>,
): number {
  return byWord(roundings, roundingMode, 'rounding').round(timeMs / minuteMs, roundingMinutes);
}

/** The fields of a task that decide how many of its minutes are billed. */
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

/**
 * Computes the milliseconds to bill for a task with everything below it, before the client's
 * rounding.
 */
export function billableTime(
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
  return timeToBill(workOf(task));
}

/** A task with its subtasks, as far as time matters. */
export interface WorkedTask {
  readonly billable: boolean;
  /** Minutes that somebody set; they replace what was measured for the task and below it. */
  readonly billableMinutes: number | null;
  /** Milliseconds of its own runs, without idle time. */
  readonly activeMs: number;
  readonly subtasks: readonly WorkedTask[];
}

/**
 * Computes the milliseconds to bill: the minutes that somebody set, else the measured time of the
 * task and, in the same way, of each billable subtask. Nothing is rounded before all is added up.
 */
export function timeToBill({ billableMinutes, activeMs, subtasks }: WorkedTask): number {
  if (billableMinutes !== null) return billableMinutes * minuteMs;
  return subtasks
    .filter(({ billable }) => billable)
    .reduce((sum, subtask) => sum + timeToBill(subtask), activeMs);
}
