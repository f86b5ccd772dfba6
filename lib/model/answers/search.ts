import * as z from 'zod/mini';
import { Priority, Status } from '../task/task.ts';
import { TaskView } from './task.ts';

/** An archived task, of which `docket show` tells the rest. */
export const ArchivedTaskView = z.object({
  key: z.string(),
  title: z.string(),
  status: Status,
  priority: Priority,
  completedAt: z.string(),
});
export type ArchivedTaskView = z.infer<typeof ArchivedTaskView>;

export const SearchAnswer = z.object({
  /** Newest first. */
  tasks: z.array(TaskView),
  /** How many of the tasks that were read match. */
  total: z.int(),
  /** How many of the newest tasks were read. */
  lookedAt: z.int(),
  /** Whether there are older tasks, which `--deep` reads as well. */
  isCut: z.boolean(),
  /** What a deep search found in the archive, newest first, as far as the limit goes. */
  archived: z.optional(z.object({ tasks: z.array(ArchivedTaskView), total: z.int() })),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
