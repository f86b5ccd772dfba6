import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });
const toolUseBlock = z.looseObject({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.looseObject({}),
});
const toolResultBlock = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  is_error: z.boolean().optional(),
  content: z
    .union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))])
    .optional(),
});
const otherBlock = z.looseObject({ type: z.string() });
const block = z.union([textBlock, toolUseBlock, toolResultBlock, otherBlock]);

const message = z.looseObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(block)]),
});

export const requestBody = z.looseObject({
  model: z.string(),
  messages: z.array(message),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
});

export type Message = z.infer<typeof message>;

/** One request that the CLI sent to the Messages API. */
export interface ApiRequest {
  readonly sessionId: string;
  /** Present in a subagent's requests only. */
  readonly agentId: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: z.infer<typeof requestBody>;
}

export interface ToolResult {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly isError: boolean;
}

/**
 * What the CLI told the model beside the conversation itself, hooks' context included: current
 * models get it as messages of role "system", older ones as system-reminder blocks.
 */
export function contextText(request: ApiRequest): string {
  return request.body.messages.flatMap(contextOf).join('\n\n');
}

/** The part of contextText that came after the model's last answer: this prompt's own context. */
export function newContextText(request: ApiRequest): string {
  const { messages } = request.body;
  const answered = messages.findLastIndex((each) => each.role === 'assistant');
  return messages
    .slice(answered + 1)
    .flatMap(contextOf)
    .join('\n\n');
}

/** The words of the user messages, without context and tool results. */
export function promptText(request: ApiRequest): string {
  return request.body.messages
    .filter((each) => each.role === 'user')
    .flatMap(textsOf)
    .filter((text) => !isReminder(text))
    .join('\n\n');
}

/** The results of all tool calls so far, in the order in which the model saw them. */
export function toolResults(request: ApiRequest): readonly ToolResult[] {
  const calls = new Map<string, z.infer<typeof toolUseBlock>>();
  const results: ToolResult[] = [];
  for (const each of request.body.messages.flatMap(blocksOf)) {
    const use = toolUseBlock.safeParse(each).data;
    const result = toolResultBlock.safeParse(each).data;
    if (use) calls.set(use.id, use);
    if (result) {
      const origin = calls.get(result.tool_use_id);
      results.push({
        tool: origin?.name ?? '',
        input: origin?.input ?? {},
        text: resultText(result),
        isError: result.is_error === true,
      });
    }
  }
  return results;
}

function contextOf(each: Message): readonly string[] {
  if (each.role === 'assistant') return [];
  return each.role === 'system' ? textsOf(each) : textsOf(each).filter(isReminder);
}

function isReminder(text: string): boolean {
  return text.trimStart().startsWith('<system-reminder>');
}

function blocksOf(each: Message): readonly unknown[] {
  return typeof each.content === 'string' ? [] : each.content;
}

function textsOf(each: Message): readonly string[] {
  if (typeof each.content === 'string') return [each.content];
  return each.content.flatMap((part) => textBlock.safeParse(part).data?.text ?? []);
}

function resultText(result: z.infer<typeof toolResultBlock>): string {
  if (typeof result.content === 'string') return result.content;
  return (result.content ?? []).map((part) => part.text ?? '').join('');
}
