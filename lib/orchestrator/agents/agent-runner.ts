import type { Hindrance } from '../../model/run/hindrance.ts';
import type { RunRole } from '../../model/run/run.ts';
import type { TaskType } from '../../model/task/task.ts';

/** One attempt of one agent at one task, or at breaking a request down into a plan. */
export type AgentRequest = TaskRequest | PlanningRequest;

/** One attempt of one agent at one task. */
export interface TaskRequest extends AgentSettings {
  /** `work`: the agent does the task; `review`: it judges what another one did of it. */
  readonly role: RunRole;
  /** The task's key: `web-k3f9.2`. */
  readonly key: string;
  readonly title: string;
  readonly type: TaskType;
  /** Counts from 1; it begins anew in each role, and after each review that rejects. */
  readonly attempt: number;
}

/** Breaking a request down into a plan. There is no task yet, and the report is the plan. */
export interface PlanningRequest extends AgentSettings {
  readonly role: 'plan';
  readonly key: null;
  /** The request in the user's words. */
  readonly title: string;
  readonly type: null;
  readonly attempt: 1;
}

/** Whom a runner starts, what the agent is told, and where and how long it works. */
export interface AgentSettings {
  /** The display name, 'Coding Agent' say, or the name of any agent that Claude Code knows. */
  readonly agent: string;
  /** All that the agent needs to know of the task, as text. */
  readonly prompt: string;
  /** The JSON schema of the report. */
  readonly schema: object;
  /** The folder that the agent works in. */
  readonly cwd: string;
  /** Milliseconds after which the attempt has failed. */
  readonly timeoutMs: number;
  /** US dollars that the attempt may cost. */
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
