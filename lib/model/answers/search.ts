import * as z from 'zod/mini';
import { TaskView } from './task.ts';

export const SearchAnswer = z.object({
  /** Newest first. */
  tasks: z.array(TaskView),
  /** How many of the tasks that were read match. */
  total: z.int(),
  /** How many of the newest tasks were read. */
  lookedAt: z.int(),
  /** Whether there are older tasks, which `--deep` reads as well. */
  isCut: z.boolean(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
