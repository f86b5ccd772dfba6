import * as z from 'zod/mini';
import { type ErrorCode, exitCodeOf } from '../../model/errors.ts';
import type { ProcessRun } from '../parts/run-process.ts';
import { must, PhaseFailure } from './phase-failure.ts';

/** What docket's command answered with --json, or a hook on standard output. */
export interface Answered extends Pick<ProcessRun, 'milliseconds' | 'exitCode' | 'stderr'> {
  /** The command as a person types it. */
  readonly command: string;
  readonly stdout: string;
}

const Document = z.union([
  z.object({ data: z.unknown() }),
  z.object({
    error: z.object({ code: z.string(), message: z.string(), hint: z.optional(z.string()) }),
  }),
]);

/** Of a change that waits on this machine, as the database is away. */
const Queued = z.object({ queued: z.object({ reason: z.string() }) });

/** Reads the answer of a command that must have succeeded. @throws PhaseFailure */
export function readAnswer<T extends z.core.$ZodType>(schema: T, run: Answered): z.output<T> {
  const document = parse(run);
  if ('error' in document) {
    const { code, message, hint } = document.error;
    // What a session is told of an outage is for a session.
    const next = code === 'unreachable' ? 'docket doctor' : hint;
    throw new PhaseFailure(`${run.command}: ${message}`, next);
  }
  const waiting = z.safeParse(Queued, document.data);
  must(
    !waiting.success,
    `${run.command} was queued: ${waiting.data?.queued.reason}`,
    'docket doctor',
  );
  must(run.exitCode === 0, `${run.command} ended with exit code ${run.exitCode}`);
  const { success, data } = z.safeParse(schema, document.data);
  must(success, `${run.command} answers what this docket does not know`, again);
  return data;
}

/** Reads the message of a command that must have been refused. @throws PhaseFailure */
export function readRefusal(code: ErrorCode, run: Answered): string {
  const document = parse(run);
  must('error' in document, `${run.command} succeeded, and should have been refused: ${code}`);
  const { error } = document;
  const expected = exitCodeOf(code);
  must(
    error.code === code && run.exitCode === expected,
    `${run.command} was refused by ${error.code} with exit code ${run.exitCode}, and not by ${code} with ${expected}: ${error.message}`,
    error.hint,
  );
  return error.message;
}

const again = 'Run ./scripts/setup in docket’s clone, then this again';

function parse(run: Answered): z.output<typeof Document> {
  if (run.exitCode === null) {
    throw new PhaseFailure(`${run.command} did not end in time${saying(run)}`);
  }
  const { success, data } = z.safeParse(Document, toJson(run.stdout));
  must(success, `${run.command} gives no JSON, exit code ${run.exitCode}${saying(run)}`, again);
  return data;
}

function saying({ stderr }: Answered): string {
  const last = stderr.trim().split('\n').at(-1);
  return last ? `: ${last}` : '';
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a hook tells the model, and the person. */
export interface HookSaid {
  readonly context: string;
  /** Why a tool call was denied; undefined when it was not. */
  readonly denial: string | undefined;
  readonly systemMessage: string;
}

const HookOutput = z.object({
  systemMessage: z.optional(z.string()),
  hookSpecificOutput: z.optional(
    z.object({
      additionalContext: z.optional(z.string()),
      permissionDecision: z.optional(z.string()),
      permissionDecisionReason: z.optional(z.string()),
      decision: z.optional(z.object({ behavior: z.string(), message: z.optional(z.string()) })),
    }),
  ),
});

/** Reads what a hook says. Nothing at all is an answer, too. @throws PhaseFailure */
export function readHook(run: Answered): HookSaid {
  must(run.exitCode !== null, `the hook ${run.command} did not end in time${saying(run)}`);
  must(
    run.exitCode === 0 && run.stderr === '',
    `the hook ${run.command} ended with exit code ${run.exitCode}${saying(run)}`,
    'docket doctor says more',
  );
  const { success, data } = z.safeParse(HookOutput, run.stdout === '' ? {} : toJson(run.stdout));
  must(success, `the hook ${run.command} gives something else than JSON for Claude Code`, again);
  const { systemMessage = '', hookSpecificOutput: output = {} } = data;
  const { permissionDecision, permissionDecisionReason: reason, decision } = output;
  const denial =
    permissionDecision === 'deny'
      ? reason
      : decision?.behavior === 'deny'
        ? decision.message
        : undefined;
  return { context: output.additionalContext ?? '', denial, systemMessage };
}
