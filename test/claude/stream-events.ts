import { z } from 'zod';

const event = z.looseObject({ type: z.string(), subtype: z.string().optional() });

const resultEvent = z.looseObject({
  type: z.literal('result'),
  subtype: z.string(),
  session_id: z.string().optional(),
  is_error: z.boolean(),
  result: z.string().optional(),
  permission_denials: z.array(z.looseObject({ tool_name: z.string() })).default([]),
});

const hookResponse = z.looseObject({
  type: z.literal('system'),
  subtype: z.literal('hook_response'),
  hook_event: z.string(),
  outcome: z.string(),
  exit_code: z.number().optional(),
  stdout: z.string(),
  stderr: z.string(),
});

export type StreamEvent = z.infer<typeof event>;
export type ResultEvent = z.infer<typeof resultEvent>;
/** How one hook process ended, as the CLI saw it. */
export type HookEvent = z.infer<typeof hookResponse>;

/** One line of stream-json output. */
export function parseEvent(line: string): StreamEvent {
  return event.parse(JSON.parse(line));
}

export function asResult(each: StreamEvent): ResultEvent | undefined {
  return resultEvent.safeParse(each).data;
}

export function hookEvents(events: readonly StreamEvent[]): readonly HookEvent[] {
  return events.flatMap((each) => hookResponse.safeParse(each).data ?? []);
}
