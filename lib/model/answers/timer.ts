import * as z from 'zod/mini';
import { RunView } from './run.ts';
import { ClaimAnswer, TaskAnswer } from './task.ts';

export const StartAnswer = z.extend(ClaimAnswer, {
  /** The run that begins, or goes on. */
  run: z.nullable(RunView),
  /** The runs at other tasks whose clocks stopped. */
  stopped: z.array(RunView),
  /** The keys of tasks in other lists of the database at which clocks of the same person run on. */
  elsewhere: z.array(z.string()),
});
export type StartAnswer = z.infer<typeof StartAnswer>;

export const StopAnswer = z.extend(TaskAnswer, {
  /** The run whose clock stopped, or is corrected. */
  run: RunView,
  /** Whether the clock had stopped before. */
  isCorrection: z.boolean(),
  /** Milliseconds of all runs of the task. */
  totalMs: z.int(),
});
export type StopAnswer = z.infer<typeof StopAnswer>;
