import { DocketError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { AgentReport } from '../../model/report/agent-report.gen.ts';
import type { AgentRequest, AgentResult, AgentRunner } from './agent-runner.ts';
import { describeLimit, startRunLimit } from './run-limit.ts';

/**
 * What an agent's function comes to: the report on a task, the plan where the request's role is
 * `plan`, or undefined when it has none.
 */
export type AgentAnswer = AgentReport | Plan | undefined;

/**
 * Does an agent's work. The signal is aborted when the time is over or the work is cancelled; what
 * the function throws is a failed attempt.
 */
export type AgentFunction = (
  request: AgentRequest,
  signal: AbortSignal,
) => AgentAnswer | Promise<AgentAnswer>;

/**
 * Runs agents as calls of a function, for other hosts and for tests. A function cannot be ended
 * from outside: one that goes on after its signal is aborted is no longer listened to.
 */
export class FunctionRunner implements AgentRunner {
  readonly #call: AgentFunction;

  /** @throws DocketError `invalid_input` when it is given no function. */
  constructor(call: AgentFunction) {
    if (typeof call !== 'function') {
      throw new DocketError('invalid_input', 'FunctionRunner needs the function of an agent');
    }
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
