import * as z from 'zod/mini';

/** The answer of a verb that was queued because the database is away, in place of its own. */
export const QueuedAnswer = z.object({
  queued: z.object({
    /** Names it for `docket outbox`. */
    id: z.string(),
    requestId: z.string(),
    verb: z.string(),
    /** The tasks that it is about, as whole keys. */
    about: z.array(z.string()),
    /** The tasks that it makes, with the keys that they keep: of `close` the follow-ups. */
    makes: z.array(z.string()),
    /** The id of the task that `create` makes. */
    taskId: z.nullable(z.string()),
    madeAt: z.string(),
    /** Why the database could not be reached. */
    reason: z.string(),
    /** How many changes wait for the list now. */
    waiting: z.number(),
  }),
});
export type QueuedAnswer = z.infer<typeof QueuedAnswer>;

const OutboxEntry = z.object({
  id: z.string(),
  /** `waiting` to be sent, `kept` after a conflict, of a `newer` docket, or a `damaged` file. */
  state: z.enum(['waiting', 'kept', 'newer', 'damaged']),
  verb: z.nullable(z.string()),
  about: z.array(z.string()),
  makes: z.array(z.string()),
  /** The title of a new task, or the beginning of what is said. */
  text: z.nullable(z.string()),
  actor: z.nullable(z.string()),
  madeAt: z.nullable(z.string()),
  /** Why it is kept, and what to do. */
  reason: z.nullable(z.string()),
  hint: z.nullable(z.string()),
  file: z.string(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

const QueuedElsewhere = z.object({ database: z.string(), count: z.number() });
export type QueuedElsewhere = z.infer<typeof QueuedElsewhere>;

/** What is queued for the list on this machine, in the order in which it is sent. */
export const OutboxAnswer = z.object({
  entries: z.array(OutboxEntry),
  /** How much is queued for the same list in databases that are not this one. */
  elsewhere: z.array(QueuedElsewhere),
});
export type OutboxAnswer = z.infer<typeof OutboxAnswer>;

/** What became of the queue when it was sent. */
export const OutboxSent = z.object({
  arrived: z.number(),
  kept: z.number(),
  left: z.number(),
  /** What is in the queue still. */
  entries: z.array(OutboxEntry),
});
export type OutboxSent = z.infer<typeof OutboxSent>;

/** What became of the queue of a database that is gone for good, in the list's own. */
export const OutboxMoved = z.extend(OutboxSent, { moved: z.number() });
export type OutboxMoved = z.infer<typeof OutboxMoved>;

/** A change that was taken out of the queue, not sent. */
export const OutboxDropped = z.object({ dropped: OutboxEntry });
export type OutboxDropped = z.infer<typeof OutboxDropped>;
