import * as z from 'zod/mini';
import type { Hindrance } from '../../model/run/hindrance.ts';
import { readApiError } from './read-api-error.ts';

/** Claude Code's words for an error of the API (measured with 2.1.328 and 2.1.332). */
const causes: Readonly<Record<string, Hindrance['cause']>> = {
  rate_limit: 'limit',
  // 500, 503, 529 and a connection that is refused.
  server_error: 'outage',
  overloaded: 'outage',
  // 401 and 403.
  authentication_failed: 'access',
  billing_error: 'access',
  model_not_found: 'access',
};

/** A message of the conversation: the last one holds the error in place of the model's answer. */
const MessageEvent = z.looseObject({
  type: z.literal('assistant'),
  error: z.optional(z.string()),
  /** Null in the main conversation: a subagent's error is the agent's to deal with. */
  parent_tool_use_id: z.optional(z.null()),
});

/** Printed for people with a plan alone; someone with an API key is told no time. */
const LimitEvent = z.looseObject({
  type: z.literal('rate_limit_event'),
  rate_limit_info: z.looseObject({
    status: z.literal('rejected'),
    /** Seconds since 1970. */
    resetsAt: z.optional(z.number().check(z.minimum(0), z.maximum(8_640_000_000_000))),
  }),
});

/**
 * Reads what kept an agent from working, from the output of a run that ended with an error and from
 * the words with which it ended. The API's own word decides; where Claude Code knows none for an
 * answer, its words do.
 */
export function readHindrance(stdout: string, message: string): Hindrance | undefined {
  const error = findLast(stdout, MessageEvent)?.error;
  const said = readApiError(message);
  const known = error === undefined || !Object.hasOwn(causes, error) ? undefined : causes[error];
  const cause = known ?? said?.cause;
  if (cause === undefined) return undefined;
  const seconds =
    cause === 'limit' ? findLast(stdout, LimitEvent)?.rate_limit_info.resetsAt : undefined;
  return {
    cause,
    message: message.slice(0, 2_000) || (error ?? ''),
    resetsAt: seconds ? new Date(seconds * 1_000).toISOString() : (said?.resetsAt ?? null),
  };
}

/** Finds the last line that is an event of this form. */
function findLast<T extends z.core.$ZodType>(stdout: string, schema: T): z.output<T> | undefined {
  for (const line of stdout.split('\n').reverse()) {
    if (!line.startsWith('{')) continue;
    try {
      const { success, data } = z.safeParse(schema, JSON.parse(line));
      if (success) return data;
    } catch {
      // The beginning of the output is cut off.
    }
  }
  return undefined;
}
