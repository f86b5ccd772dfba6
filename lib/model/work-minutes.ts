import { minutesOf } from './run.ts';

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
