import type { RunOutcome } from '../model/answers/outcome.ts';
import type { ReportAnswer, RunsAnswer } from '../model/answers/run.ts';
import type { PlanAnswer } from '../model/answers/task.ts';
import { makePolicy } from '../model/run/policy.ts';
import type { TaskInput } from '../model/task/input.ts';
import { recordReport } from '../tracker/agents/report.ts';
import { serialStore } from '../tracker/database/serial-store.ts';
import { listRuns } from '../tracker/view/run.ts';
import type { Orchestration, OrchestratorOptions } from './orchestration.ts';
import { type PlanRequest, planRequest, planWithAgent } from './plan-request.ts';
import { type RunOptions, runPlan } from './run-plan.ts';
import { shareSession } from './shared-session.ts';

/**
 * Turns a request into a parent task with ordered subtasks, hands these to agents, and moves them
 * on by the agents' reports. Agents never manage tasks. All of its state is in the database, so an
 * orchestrator that is started again goes on where the last one stopped.
 */
export class Orchestrator {
  readonly #orchestration: Orchestration;

  constructor({ policy = makePolicy(), env = {}, ...options }: OrchestratorOptions) {
    const scope = { ...options.scope, store: serialStore(options.scope.store) };
    const shared = shareSession(scope, options.session);
    this.#orchestration = { ...options, scope, policy, env, shared };
  }

  /**
   * Creates the parent task and its subtasks in one transaction. They are done in their order unless
   * the plan states another one.
   *
   * @throws DocketError `invalid_input`, `cycle`
   */
  plan(request: PlanRequest): Promise<PlanAnswer> {
    return planRequest(this.#orchestration, request);
  }

  /**
   * Has a planning agent break a request down.
   *
   * @throws DocketError `agent_failed`
   */
  planWithAgent(
    request: string,
    options: {
      readonly signal?: AbortSignal;
      readonly agent?: string;
      /** The fields of the parent task beyond the plan: its attribution. */
      readonly fields?: Partial<TaskInput>;
    } = {},
  ): Promise<PlanAnswer> {
    return planWithAgent(this.#orchestration, request, options);
  }

  /**
   * Runs the open part of a task or a plan until nothing can go on.
   *
   * @throws DocketError `not_found`, `ambiguous_key`, `unreachable`
   */
  run(key: string, options: RunOptions = {}): Promise<RunOutcome> {
    return runPlan(this.#orchestration, key, options);
  }

  /**
   * Records the report of an agent that somebody else ran.
   *
   * @throws DocketError as `recordReport`
   */
  report(key: string, report: unknown): Promise<ReportAnswer> {
    const { scope, policy } = this.#orchestration;
    return recordReport(scope, key, report, { policy });
  }

  /**
   * Lists what each agent did, when, and with what verdict.
   *
   * @throws DocketError `not_found`
   */
  runs(key: string): Promise<RunsAnswer> {
    return listRuns(this.#orchestration.scope, key);
  }
}
