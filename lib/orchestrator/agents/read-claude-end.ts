import * as z from 'zod/mini';
import { reportInText } from '../../model/report/report-in-text.ts';
import type { Hindrance } from '../../model/run/hindrance.ts';
import type { AgentResult, FailureReason } from './agent-runner.ts';
import { readApiError } from './read-api-error.ts';
import { readHindrance } from './read-hindrance.ts';

/** The last event that Claude Code prints of a run in print mode (measured with 2.1.328). */
const ResultEvent = z.looseObject({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean(),
  /** The argument of StructuredOutput, when the agent called it with one that fits the schema. */
  structured_output: z.optional(z.unknown()),
  /** The agent's last words. */
  result: z.optional(z.string()),
  errors: z.optional(z.array(z.string())),
  total_cost_usd: z.optional(z.number()),
  permission_denials: z.optional(z.array(z.looseObject({ tool_name: z.string() }))),
});

type ResultEvent = z.infer<typeof ResultEvent>;

export interface ClaudeEnd {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Reads the result of a run of Claude Code that ended by itself. */
export function readClaudeEnd(end: ClaudeEnd): AgentResult {
  const event = findResult(end.stdout);
  if (event === undefined) return readStartFailure(end);
  const { structured_output: structured, result = '', total_cost_usd: costUsd } = event;
  const cost = costUsd === undefined ? {} : { costUsd };
  // The exit code does not matter: a mode that refuses an action ends with 1, report or not.
  const report = structured ?? (event.is_error ? undefined : reportInText(result));
  if (report !== undefined) return { kind: 'report', report, ...cost };
  const hindrance = isRefused(event)
    ? readHindrance(end.stdout, result || (event.errors ?? []).join('; '))
    : undefined;
  if (hindrance !== undefined) return { kind: 'hindered', hindrance, ...cost };
  return { ...readFailure(event), ...cost };
}

/**
 * Whether the API may have refused a request: the result mostly has the subtype success, and the
 * error as its text. A budget that is used up is the task's matter.
 */
function isRefused({ subtype, is_error: isError, result = '' }: ResultEvent): boolean {
  if (subtype === 'error_max_budget_usd') return false;
  // An older Claude Code takes these words for the agent's.
  return isError || /^Claude AI usage limit reached\|\d+$/.test(result.trim());
}

function readFailure(event: ResultEvent): AgentResult {
  const { subtype, is_error: isError, errors = [], result = '' } = event;
  if (subtype === 'error_max_structured_output_retries') {
    return failed('no_report', errors.join('; ') || subtype);
  }
  if (isError) return failed('crashed', errors.join('; ') || result || subtype);
  const words = result === '' ? '' : `, with the words: ${result}`;
  return failed('no_report', `ended without a report${describeDenials(event)}${words}`);
}

function describeDenials({ permission_denials: denials = [] }: ResultEvent): string {
  const tools = [...new Set(denials.map(({ tool_name: tool }) => tool))];
  return tools.length === 0 ? '' : `, after it was refused ${tools.join(', ')}`;
}

/**
 * Reads the agents that Claude Code knows from its words about one that it does not know; undefined
 * when these are not its words.
 */
export function readKnownAgents(stderr: string): ReadonlySet<string> | undefined {
  const [, names] = /^--agent '.*' not found\. Available agents: (.+)$/m.exec(stderr) ?? [];
  return names === undefined ? undefined : new Set(names.trim().split(/,\s*/));
}

function readStartFailure({ code, stdout, stderr }: ClaudeEnd): AgentResult {
  const [unknown] = /^--agent '.*' not found\b.*/m.exec(stderr) ?? [];
  if (unknown !== undefined) return failed('unknown_agent', unknown);
  const hindrance = code === 0 ? undefined : readStartHindrance(stdout, stderr);
  if (hindrance !== undefined) return { kind: 'hindered', hindrance };
  const how = code === undefined ? 'did not start or end' : `ended with exit code ${code}`;
  // The end of the output says why.
  const output = (stderr.trim() || stdout.trim()).slice(-1_500);
  return failed('crashed', `Claude Code ${how} and no result${output === '' ? '' : `: ${output}`}`);
}

/** Reads what hindered a run without a result: Claude Code then says it as plain text. */
function readStartHindrance(stdout: string, stderr: string): Hindrance | undefined {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return readHindrance(stdout, lines.findLast((line) => readApiError(line) !== undefined) ?? '');
}

function failed(reason: FailureReason, message: string): AgentResult {
  return { kind: 'failed', reason, message: message.slice(0, 2_000) };
}

/** Finds the last line that is a result. */
function findResult(stdout: string): ResultEvent | undefined {
  for (const line of stdout.split('\n').reverse()) {
    const event = parseResult(line);
    if (event !== undefined) return event;
  }
  return undefined;
}

function parseResult(line: string): ResultEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return ResultEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
