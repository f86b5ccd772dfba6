import type { Policy } from '../model/run/policy.ts';
import type { SessionStart } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import type { AgentRunner } from './agents/agent-runner.ts';
import type { SharedSession } from './shared-session.ts';

/** What an orchestrator on an open list is made of; `openOrchestrator` makes one of less. */
export interface OrchestratorOptions {
  /** The list, and the worker of `session`, who orchestrates. */
  readonly scope: Scope;
  /**
   * This orchestrator's own session, named `run:` and an id, with its process. Another orchestrator
   * can tell by that when it is gone, and take its tasks back.
   */
  readonly session: SessionStart;
  readonly runner: AgentRunner;
  readonly policy?: Policy;
  /** The folder that agents work in. */
  readonly cwd: string;
  /** The whole environment of agents. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What every part of the orchestrator needs. */
export interface Orchestration extends Required<OrchestratorOptions> {
  readonly shared: SharedSession;
}
