import * as z from 'zod/mini';
import { Complexity, TaskType } from '../task/task.ts';

/** What similar tasks took, for a new one that nobody has estimated. */
export const SuggestedEstimate = z.object({
  /** Median of the active time. */
  minutes: z.int(),
  cases: z.int(),
  /** What makes the tasks similar; complexity is null where the new task has none. */
  basis: z.object({ type: TaskType, complexity: z.nullable(Complexity) }),
});
export type SuggestedEstimate = z.infer<typeof SuggestedEstimate>;
