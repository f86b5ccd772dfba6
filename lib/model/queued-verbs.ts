/** The verbs that are queued while the database is away. */
export const queuedVerbs = ['create', 'note', 'block', 'close', 'report'] as const;

/** A verb that is queued while the database is away. */
export type QueuedVerb = (typeof queuedVerbs)[number];

export function isQueuedVerb(verb: string): verb is QueuedVerb {
  return queuedVerbs.some((each) => each === verb);
}
