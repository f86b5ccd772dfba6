import * as z from 'zod/mini';

const line = {
  key: z.string(),
  priority: z.number(),
  title: z.string(),
  /** The container that it is a step of, and how many of its steps are done. */
  plan: z.nullable(z.object({ title: z.string(), done: z.number(), total: z.number() })),
  /** Whom it is for, where not all tasks of the list are for the same. */
  client: z.optional(z.string()),
  project: z.optional(z.string()),
};

const Claim = z.object({
  ...line,
  session: z.string(),
  agent: z.string(),
  actor: z.string(),
  since: z.string(),
  /** What is known of the session; null when it was never registered. */
  holder: z.nullable(
    z.object({
      id: z.string(),
      lastSeenAt: z.string(),
      endedAt: z.nullable(z.string()),
      processScope: z.nullable(z.string()),
      processId: z.nullable(z.number()),
      processStart: z.nullable(z.string()),
    }),
  ),
  lastNote: z.nullable(z.string()),
});

/** The last list that a prompt on this machine showed: its sections are cut, its counts are not. */
export const CachedList = z.object({
  readAt: z.string(),
  /** Whether what commands on this machine have changed since is in it. */
  isAmended: z.boolean(),
  list: z.object({
    slug: z.string(),
    seq: z.number(),
    at: z.string(),
    mine: z.array(Claim),
    others: z.array(Claim),
    blocked: z.array(z.object({ ...line, reason: z.string() })),
    ready: z.array(z.object({ ...line, isRejected: z.optional(z.boolean()) })),
    waiting: z.array(z.object({ ...line, needs: z.nullable(z.string()) })),
    counts: z.object({
      inProgress: z.number(),
      blocked: z.number(),
      ready: z.number(),
      waiting: z.number(),
    }),
    /** What tells later whether the list is still so. */
    known: z.optional(z.object({ token: z.string(), claims: z.array(z.string()) })),
  }),
});
