import type { DocketError } from '../model/errors.ts';
import type { Policy } from '../model/run/policy.ts';
import type { SessionStart } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import type { AgentRunner } from './agents/agent-runner.ts';
import type { SharedSession } from './shared-session.ts';

/** The report of an agent that could not be recorded for as long as that was tried. */
export interface UnrecordedReport {
  readonly key: string;
  /** The id of the run that it is of. */
  readonly run: string;
  /** Whatever the agent answered. */
  readonly report: unknown;
  /** Millionths of a US dollar. */
  readonly costMicros: number | undefined;
}

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
  /**
   * Queues a report for which the database stayed away too long, and says whether it did; without it
   * such a report is lost. `error` is what the database answered last.
   */
  readonly queueReport?: (report: UnrecordedReport, error: DocketError) => boolean;
}

/** What every part of the orchestrator needs. */
export interface Orchestration
  extends Required<Omit<OrchestratorOptions, 'queueReport'>>,
    Pick<OrchestratorOptions, 'queueReport'> {
  readonly shared: SharedSession;
}
