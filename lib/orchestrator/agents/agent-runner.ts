import type { Hindrance } from '../../model/run/hindrance.ts';

/** One attempt of one agent at one task. */
export interface AgentRequest {
  /** The display name, 'Coding Agent' say, or the name of any agent that Claude Code knows. */
  readonly agent: string;
  readonly prompt: string;
  /** The JSON schema of the report. */
  readonly schema: object;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly budgetUsd?: number;
  /** The whole environment: nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The reason why there is no report. `unknown_agent` is told apart because another agent can then
 * be asked; `no_report` is an agent that ended without a report in the schema's form.
 */
export type FailureReason = 'timed_out' | 'cancelled' | 'crashed' | 'no_report' | 'unknown_agent';

/**
 * The result of an attempt. A report is whatever the agent answered, for the caller to validate.
 * `hindered` says nothing of the task: no agent could have worked.
 */
export type AgentResult =
  | { readonly kind: 'report'; readonly report: unknown; readonly costUsd?: number }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      readonly message: string;
      readonly costUsd?: number;
    }
  | { readonly kind: 'hindered'; readonly hindrance: Hindrance; readonly costUsd?: number };

/**
 * Runs agents somewhere. An agent's failure is a result and is never thrown, and once `run` has
 * resolved nothing of the attempt goes on.
 */
export interface AgentRunner {
  run(request: AgentRequest, signal: AbortSignal): Promise<AgentResult>;
  /**
   * Finds those of the names that it has no agent for, before any work begins. It is left out by
   * runners that take every name, and answers none where it cannot tell.
   */
  findUnknown?(
    agents: readonly string[],
    place: Pick<AgentRequest, 'cwd' | 'env'>,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
}
