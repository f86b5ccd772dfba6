import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { ApiRequest } from './api-request.ts';
import { type ClaudeOptions, spawnClaude } from './claude-process.ts';
import type { Script } from './script.ts';
import { asResult, parseEvent, type ResultEvent, type StreamEvent } from './stream-events.ts';

export interface Turn {
  readonly result: ResultEvent;
  /** What happened since the prompt was sent. */
  readonly events: readonly StreamEvent[];
  readonly requests: readonly ApiRequest[];
}

/** One session that stays open over several prompts. */
export interface ClaudeConversation {
  readonly sessionId: string;
  /** Sends a prompt and waits until the turn is over. One at a time. */
  send(prompt: string, script: Script): Promise<Turn>;
  /** Interrupts the turn, as a person does by Escape: the turn is over, with an error. */
  interrupt(): void;
  /** Ends the session as a person would, so that SessionEnd hooks run; gives the exit code. */
  end(): Promise<number | null>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** Starts the CLI with prompts as stream-json on its stdin. */
export function startClaudeConversation(options: ClaudeOptions): ClaudeConversation {
  const { mock } = options;
  const claude = spawnClaude(['-p', '--input-format', 'stream-json'], 'pipe', options);
  const { stdin, stdout } = claude.child;
  if (!stdin || !stdout) throw new Error('Claude Code was started without pipes.');
  const lines = createInterface(stdout)[Symbol.asyncIterator]();
  // Awaited by end() and kill(); until then a time-out must not be an unhandled rejection.
  claude.exited.catch(() => {});

  // After /clear the process goes on as another session.
  let sessionId = claude.sessionId;

  async function send(prompt: string, script: Script): Promise<Turn> {
    const before = mock.mainRequests(sessionId).length;
    mock.play(sessionId, script);
    const message = { role: 'user', content: [{ type: 'text', text: prompt }] };
    stdin?.write(`${JSON.stringify({ type: 'user', message })}\n`);
    const events: StreamEvent[] = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`Claude Code ended within a turn.\n${claude.stderr()}`);
      const event = parseEvent(value);
      events.push(event);
      const result = asResult(event);
      const requests = mock.mainRequests(sessionId).slice(before);
      sessionId = result?.session_id ?? sessionId;
      if (result) return { result, events, requests };
    }
  }

  return {
    sessionId: claude.sessionId,
    send,
    interrupt: () => {
      const request = { subtype: 'interrupt' };
      const message = { type: 'control_request', request_id: randomUUID(), request };
      stdin.write(`${JSON.stringify(message)}\n`);
    },
    end: () => {
      stdin.end();
      return claude.exited;
    },
    kill: async () => {
      claude.child.kill('SIGKILL');
      await claude.exited;
    },
  };
}
