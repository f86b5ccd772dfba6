import * as z from 'zod/mini';

/** What became of a phase. */
export const PhaseResult = z.object({
  number: z.int(),
  name: z.string(),
  title: z.string(),
  /** `skipped` proves nothing: a phase that it needs has failed, or it was stopped. */
  status: z.enum(['passed', 'failed', 'skipped']),
  milliseconds: z.number(),
  /** Between this machine and the server; null of a file. */
  roundTrips: z.nullable(z.int()),
  /** Why it failed or was skipped; of one that passed, what is worth knowing all the same. */
  message: z.optional(z.string()),
  /** What to do about it. */
  next: z.optional(z.string()),
});
export type PhaseResult = z.infer<typeof PhaseResult>;

export const VerifyAnswer = z.object({
  database: z.string(),
  /** The users at the server; of a file, or of one login alone, there is none. */
  user: z.nullable(z.string()),
  secondUser: z.nullable(z.string()),
  passed: z.int(),
  total: z.int(),
  milliseconds: z.number(),
  /** Whether somebody stopped it. */
  stopped: z.boolean(),
  phases: z.array(PhaseResult),
  /** The list that it worked on. */
  list: z.string(),
  /** Why that list is still there; the next verification removes it. */
  notRemoved: z.optional(z.string()),
  /** Lists that earlier verifications had left, and that were removed. */
  leftOver: z.array(z.string()),
});
export type VerifyAnswer = z.infer<typeof VerifyAnswer>;
