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
 * Whole minutes to bill for a task, before a client's rounding: what was said, and what was measured
 * of the rest, summed before it is rounded. A subtask that is not billable adds nothing.
 */
export function minutesToBill(task: WorkedTask): number {
  const { said, measuredMs } = sum(task);
  return said + minutesOf(measuredMs);
}

function sum(task: WorkedTask): { readonly said: number; readonly measuredMs: number } {
  if (task.billableMinutes !== null) return { said: task.billableMinutes, measuredMs: 0 };
  let said = 0;
  let measuredMs = task.activeMs;
  for (const subtask of task.subtasks) {
    if (!subtask.billable) continue;
    const below = sum(subtask);
    said += below.said;
    measuredMs += below.measuredMs;
  }
  return { said, measuredMs };
}
