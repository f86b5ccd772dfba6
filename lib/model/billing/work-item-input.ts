import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { atMost, LongText, Minutes, Outcome, visible, withoutNul } from '../task/input.ts';

/** What a person may set in a work item; other fields follow its task. */
export const WorkItemInput = z.strictObject({
  minutes: z.optional(Minutes),
  problem: z.optional(LongText.check(...visible)),
  solution: z.optional(Outcome),
  category: z.optional(z.string().check(z.trim(), ...visible, withoutNul, atMost(limits.category))),
});
export type WorkItemInput = z.infer<typeof WorkItemInput>;
