import * as z from 'zod/mini';

const text = z.string();
const aText = z.optional(text);
const flag = z.optional(z.boolean());
const texts = z.optional(z.array(text));

const common = {
  if: aText,
  timeout: z.optional(z.number().check(z.positive())),
  statusMessage: aText,
  once: flag,
};

const onFailure = z.optional(z.enum(['continue', 'block']));

/** What a hook must be for Claude Code to load it, by its type. */
export const hookSchemas: Readonly<Record<string, z.ZodMiniType>> = {
  command: z.looseObject({
    ...common,
    command: text,
    args: texts,
    shell: z.optional(z.enum(['bash', 'powershell'])),
    async: flag,
    asyncRewake: flag,
    onFailure,
  }),
  prompt: z.looseObject({ ...common, prompt: text, model: aText, continueOnBlock: flag }),
  agent: z.looseObject({ ...common, prompt: text, model: aText }),
  http: z.looseObject({
    ...common,
    url: text.check(z.refine((url) => URL.canParse(url), 'is not a URL')),
    headers: z.optional(z.record(text, text)),
    allowedEnvVars: texts,
    onFailure,
  }),
  mcp_tool: z.looseObject({
    ...common,
    server: text,
    tool: text,
    input: z.optional(z.record(text, z.unknown())),
  }),
};
