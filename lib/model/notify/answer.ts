import * as z from 'zod/mini';

/** What a target is sent; null: everything. */
const Only = z.nullable(z.array(z.string()));

/** A target of `docket notify`, without its secret, and without its path, which may be one. */
export const NotifyTarget = z.object({
  name: z.string(),
  /** `https://hooks.example.com` */
  origin: z.string(),
  format: z.enum(['json', 'slack']),
  signed: z.boolean(),
  private: z.boolean(),
  only: z.object({ lists: Only, verbs: Only, clients: Only, projects: Only, types: Only }),
  /** The number of the last event that it was told, or that was not for it; null: not begun. */
  cursor: z.nullable(z.int()),
  /** The events that it has accepted in this run. */
  sent: z.int(),
  /** `waiting`: it did not accept an event, and is asked again; `gone`: it answered 410. */
  state: z.enum(['ready', 'waiting', 'gone']),
  /** Why it waits, or is gone. */
  reason: z.nullable(z.string()),
  /** When it is asked again. */
  nextAt: z.nullable(z.string()),
  /** The events that it refused until docket gave up. */
  dead: z.int(),
});
export type NotifyTarget = z.infer<typeof NotifyTarget>;

/** An event that a target refused until docket gave up. */
export const DeadEvent = z.object({
  target: z.string(),
  seq: z.int(),
  verb: z.string(),
  task: z.nullable(z.string()),
  title: z.nullable(z.string()),
  reason: z.string(),
  /** When docket gave up. */
  at: z.string(),
});
export type DeadEvent = z.infer<typeof DeadEvent>;

export const NotifyAnswer = z.object({
  list: z.object({ id: z.string(), slug: z.string() }),
  targets: z.array(NotifyTarget),
  /** Those that `--dead` shows. */
  dead: z.array(DeadEvent),
});
export type NotifyAnswer = z.infer<typeof NotifyAnswer>;
