import * as z from 'zod/mini';

// Compiling a parser costs more than a hook's one use of it saves (measured: +1 ms).
z.config({ jitless: true });

/** A field of a foreign document: of the wrong type it counts as missing. */
const text = z.catch(z.optional(z.string()), undefined);

/** What Claude Code writes on a hook's stdin, as far as docket reads it. */
export const HookInput = z.looseObject({
  session_id: text,
  cwd: text,
  agent_id: text,
  source: text,
  reason: text,
  tool_name: text,
  tool_input: z.catch(z.record(z.string(), z.unknown()), {}),
});
export type HookInput = z.infer<typeof HookInput>;

/** Parses a hook's stdin; undefined for whatever is not a JSON object. */
export function parseHookInput(stdin: string): HookInput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdin);
  } catch {
    return undefined;
  }
  const result = z.safeParse(HookInput, value);
  return result.success ? result.data : undefined;
}
