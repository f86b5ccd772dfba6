import * as z from 'zod/mini';
import { Hindrance } from '../run/hindrance.ts';
import { TaskView } from './task.ts';

/** How a run of a plan ended. */
export const RunOutcome = z.object({
  /**
   * `stuck`: the open tasks are blocked, are for others, or wait for such a task. `hindered`: no
   * agent can work for now, and the open tasks are as they were.
   */
  status: z.enum(['completed', 'cancelled', 'stopped', 'stuck', 'hindered']),
  task: TaskView,
  /** Tasks without subtasks that are still open. */
  open: z.array(TaskView),
  /** What kept agents from working when it ended. */
  hindrance: z.nullable(Hindrance),
});
export type RunOutcome = z.infer<typeof RunOutcome>;
