import * as z from 'zod/mini';
import { TaskDetail, TaskDetails, TaskList } from './task.ts';

/** The moment that an answer is about, and what is not known of it. */
export const AsOf = z.object({
  /** ISO 8601 in UTC. */
  at: z.string(),
  /** The number of the last event until then; 0 before the first one. */
  seq: z.int(),
  /** How many later events are missing from the history: what they changed is told as it is now. */
  missing: z.int(),
  /** The keys of archived trees that another program has damaged: the answer lacks them. */
  damaged: z.array(z.string()),
  /** The fields of which an older docket did not write how they were; they are told as they are now. */
  notKnown: z.array(z.object({ task: z.string(), fields: z.array(z.string()) })),
});
export type AsOf = z.infer<typeof AsOf>;

/**
 * A list as it was. Nobody knows whether a holder was gone then, so that no claim is stale; `revision`
 * and `updatedAt` are empty.
 */
export const PastTaskList = z.extend(TaskList, { asOf: AsOf });
export type PastTaskList = z.infer<typeof PastTaskList>;

/**
 * A task as it was, with its notes and runs up to then. What would have been billed nobody knows:
 * `suggestedMinutes` and `workItem` are null.
 */
export const PastTaskDetail = z.extend(TaskDetail, { asOf: AsOf });
export type PastTaskDetail = z.infer<typeof PastTaskDetail>;

export const PastTaskDetails = z.extend(TaskDetails, { asOf: AsOf });
export type PastTaskDetails = z.infer<typeof PastTaskDetails>;

/** The first where `list` or `ready` looked, the others where `show` did, at one task or several. */
export const PastAnswer = z.union([PastTaskList, PastTaskDetail, PastTaskDetails]);
export type PastAnswer = z.infer<typeof PastAnswer>;
