import type { AgentRequest, AgentResult, AgentRunner } from './agent-runner.ts';
import { describeLimit, startRunLimit } from './run-limit.ts';

/** Does an agent's work and answers with its report, or undefined when it has none. */
export type AgentFunction = (request: AgentRequest, signal: AbortSignal) => unknown;

/**
 * Runs agents as calls of a function, for other hosts and for tests. A function cannot be ended
 * from outside: one that goes on after its signal is aborted is no longer listened to.
 */
export class FunctionRunner implements AgentRunner {
  readonly #call: AgentFunction;

  constructor(call: AgentFunction) {
    this.#call = call;
  }

  async run(request: AgentRequest, signal: AbortSignal): Promise<AgentResult> {
    const limit = startRunLimit(signal, request.timeoutMs);
    const ended = aborted(limit.signal);
    try {
      const report = limit.signal.aborted
        ? undefined
        : await Promise.race([this.#call(request, limit.signal), ended]);
      const reason = limit.reason();
      if (reason !== undefined) {
        return { kind: 'failed', reason, message: describeLimit(reason, request.timeoutMs) };
      }
      if (report !== undefined) return { kind: 'report', report };
      return { kind: 'failed', reason: 'no_report', message: 'ended without a report' };
    } catch (error) {
      const reason = limit.reason() ?? 'crashed';
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', reason, message };
    } finally {
      limit.clear();
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
