import * as z from 'zod/mini';

/**
 * What keeps agents from working whatever their task is. `limit`: the API's limit is reached;
 * `outage`: the API is overloaded, fails or cannot be reached; `access`: nobody is logged in, the
 * plan is not paid or the model is not there; `agents`: Claude Code has no such agent; `crashes`:
 * the agents of several tasks crashed at once, with the same words.
 */
export const Hindrance = z.object({
  cause: z.enum(['limit', 'outage', 'access', 'agents', 'crashes']),
  message: z.string(),
  /** The time at which the limit ends, where the API says so. */
  resetsAt: z.nullable(z.string()),
});
export type Hindrance = z.infer<typeof Hindrance>;
