import * as z from 'zod/mini';
import { TaskAnswer, TaskView } from './task.ts';

/** What an undo has brought back. */
export const UndoAnswer = z.extend(TaskAnswer, {
  /** The verb that is undone: the number of its last event, and its time. */
  undone: z.object({ seq: z.int(), verb: z.string(), createdAt: z.string() }),
  /** The other tasks that it had changed. */
  others: z.array(TaskView),
  /** When this was done, by the database's clock. */
  at: z.string(),
});
export type UndoAnswer = z.infer<typeof UndoAnswer>;
