import { createInterface } from 'node:readline';
import type { ApiRequest } from './api-request.ts';
import { type ClaudeOptions, spawnClaude } from './claude-process.ts';
import type { Script } from './script.ts';
import {
  asResult,
  type HookEvent,
  hookEvents,
  parseEvent,
  type ResultEvent,
  type StreamEvent,
} from './stream-events.ts';

export interface ClaudeRun {
  readonly exitCode: number | null;
  readonly sessionId: string;
  readonly events: readonly StreamEvent[];
  /** The last event of the run; absent when the CLI ended without one. */
  readonly result: ResultEvent | undefined;
  readonly hookEvents: readonly HookEvent[];
  /** What the model of the main conversation was sent, request by request. */
  readonly requests: readonly ApiRequest[];
  readonly stderr: string;
}

/** One `claude -p PROMPT` from start to end, its model following the script. */
export async function runClaude(
  prompt: string,
  script: Script,
  options: ClaudeOptions,
): Promise<ClaudeRun> {
  const { mock } = options;
  const failuresBefore = mock.failures.length;
  const claude = spawnClaude(['-p', prompt], 'ignore', options);
  mock.play(claude.sessionId, script);
  const events: StreamEvent[] = [];
  if (claude.child.stdout) {
    createInterface(claude.child.stdout).on('line', (line) => events.push(parseEvent(line)));
  }
  const exitCode = await claude.exited;
  const failure = mock.failures[failuresBefore];
  if (failure) throw failure;
  return {
    exitCode,
    sessionId: claude.sessionId,
    events,
    result: events.flatMap((each) => asResult(each) ?? []).at(-1),
    hookEvents: hookEvents(events),
    requests: mock.mainRequests(claude.sessionId),
    stderr: claude.stderr(),
  };
}
