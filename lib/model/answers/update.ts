import * as z from 'zod/mini';
import { TaskAnswer } from './task.ts';

/** What a move did beside the task's own change. */
export const Moved = z.object({
  /** The task's former key, which goes on finding it. */
  from: z.string(),
  /** How many tasks below it moved along. */
  below: z.int(),
  /** Whether the new parent's claim was given up: only tasks without subtasks have one. */
  parentReleased: z.boolean(),
});
export type Moved = z.infer<typeof Moved>;

export const UpdateAnswer = z.extend(TaskAnswer, {
  /** Null when the task stays where it is. */
  moved: z.nullable(Moved),
});
export type UpdateAnswer = z.infer<typeof UpdateAnswer>;
