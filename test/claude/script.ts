import type { ApiRequest } from './api-request.ts';

/** A text answer, which ends the turn. */
export interface Say {
  readonly kind: 'say';
  readonly text: string;
}

export interface ToolCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Tool calls in one answer; the CLI runs them and asks again. */
export interface Call {
  readonly kind: 'call';
  readonly calls: readonly ToolCall[];
  /** What the models of the subagents that the calls start then answer. */
  readonly subagents: readonly SubagentScript[];
}

/** A subagent's script and the prompt that tells its first request from others'. */
export interface SubagentScript {
  readonly prompt: string;
  readonly script: Script;
}

/** An error of the API instead of an answer. */
export interface Refuse {
  readonly kind: 'refuse';
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Answer = Say | Call | Refuse;

/** One answer of the model, or a function that makes it from what the model was sent. */
export type Step = Answer | ((request: ApiRequest) => Answer);

/** What the model answers, request by request; after its end the model says "done". */
export type Script = readonly Step[];

export function say(text: string): Say {
  return { kind: 'say', text };
}

export function call(tool: string, input: Readonly<Record<string, unknown>>): Call {
  return { kind: 'call', calls: [{ tool, input }], subagents: [] };
}

/** The final answer of a run with --json-schema. */
export function report(output: Readonly<Record<string, unknown>>): Call {
  return call('StructuredOutput', output);
}

/** 400 is the status that the CLI does not retry. */
export function refuse(
  message: string,
  { status = 400, headers = {} }: Partial<Pick<Refuse, 'status' | 'headers'>> = {},
): Refuse {
  return { kind: 'refuse', status, message, headers };
}

/** Several tool calls in one answer. */
export function callAll(calls: readonly Call[]): Call {
  return {
    kind: 'call',
    calls: calls.flatMap((each) => each.calls),
    subagents: calls.flatMap((each) => each.subagents),
  };
}

/** One shell command, run by the real Bash tool. */
export function bash(command: string): Call {
  return call('Bash', { command });
}

/** Starts a subagent in the foreground. Its prompt must be unique within the test. */
export function delegate(prompt: string, script: Script): Call {
  const input = {
    description: 'a piece of the work',
    prompt,
    subagent_type: 'general-purpose',
    run_in_background: false,
  };
  return { ...call('Agent', input), subagents: [{ prompt, script }] };
}
