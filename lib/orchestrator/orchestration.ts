import type { Policy } from '../model/run/policy.ts';
import type { SessionStart } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import type { AgentRunner } from './agents/agent-runner.ts';
import type { SharedSession } from './shared-session.ts';

export interface OrchestratorOptions {
  /** The list, and who orchestrates: the worker of `session`. */
  readonly scope: Scope;
  /**
   * This orchestrator's own session, named `run:` and an id, with its process: another can then tell
   * when it is gone, and take back what it held.
   */
  readonly session: SessionStart;
  readonly runner: AgentRunner;
  readonly policy?: Policy;
  /** Where agents work. */
  readonly cwd: string;
  /** The whole environment of agents. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What every part of the orchestrator needs. */
export interface Orchestration extends Required<OrchestratorOptions> {
  readonly shared: SharedSession;
}
