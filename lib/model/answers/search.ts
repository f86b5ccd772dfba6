import * as z from 'zod/mini';
import { TaskView } from './task.ts';

export const SearchAnswer = z.object({
  /** Newest first. */
  tasks: z.array(TaskView),
  /** How many match, of those that were looked at. */
  total: z.int(),
  /** How many tasks were looked at, the newest. */
  lookedAt: z.int(),
  /** There are older tasks, which `--deep` looks at as well. */
  isCut: z.boolean(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
