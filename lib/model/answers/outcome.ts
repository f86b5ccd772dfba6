import * as z from 'zod/mini';
import { TaskView } from './task.ts';

/** How a run of a plan ended. */
export const RunOutcome = z.object({
  /** `stuck`: the open tasks are blocked, are for others, or wait for such a task. */
  status: z.enum(['completed', 'cancelled', 'stopped', 'stuck']),
  task: TaskView,
  /** Tasks without subtasks that are still open. */
  open: z.array(TaskView),
});
export type RunOutcome = z.infer<typeof RunOutcome>;
