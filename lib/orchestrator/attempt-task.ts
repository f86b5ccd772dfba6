import type { OnProgress } from '../model/answers/progress.ts';
import type { ReportAnswer, RunView } from '../model/answers/run.ts';
import { limits } from '../model/limits.ts';
import type { Hindrance } from '../model/run/hindrance.ts';
import { nextStep } from '../model/run/next-step.ts';
import { isDoneRun } from '../model/run/run.ts';
import { clip } from '../render/text/safe-text.ts';
import {
  abandonRun,
  type RunAbandoned,
  reassignRun,
  startStep,
} from '../tracker/agents/agent-steps.ts';
import type { Leaf } from '../tracker/agents/plan-state.ts';
import { closeTask } from '../tracker/tasks/close.ts';
import type { AgentResult } from './agents/agent-runner.ts';
import { describeAssignment } from './describe-assignment.ts';
import type { Hold } from './hold.ts';
import type { Orchestration } from './orchestration.ts';
import { microsOf, recordResult } from './record-result.ts';
import { renderPrompt } from './render-prompt.ts';
import { agentReportSchema } from './report-schema.ts';
import { missingAgents } from './require-agents.ts';
import { retryThroughOutage } from './retry-through-outage.ts';
import { runEnvironment } from './run-environment.ts';
import type { SameCrashes } from './same-crashes.ts';
import type { RunWatch } from './watch-runs.ts';

export interface Attempt {
  readonly leaf: Leaf;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly watch: RunWatch;
  readonly hold: Hold;
  readonly crashes: SameCrashes;
  /** Called when an agent was hindered, after its task is as it was. */
  onHindered(hindrance: Hindrance): void;
}

/**
 * Takes one task as far as agents can take it now: the work, its review, the work again. Each run
 * is claimed before its agent starts and recorded when it has ended.
 *
 * @throws DocketError when the task cannot be claimed, or the database stays away.
 */
export async function attemptTask(orchestration: Orchestration, attempt: Attempt): Promise<void> {
  const { scope, policy } = orchestration;
  const { leaf } = attempt;
  const { key } = leaf.task;
  const runs = isReopenedReview(leaf) ? [] : leaf.runs;
  const step = nextStep({ ...leaf, runs }, policy);
  if (step.kind === 'done') {
    // The work was approved, and the orchestrator that would have completed it was gone before.
    await closeTask(scope, key);
    return;
  }
  const { role, agents } = step;
  const [agent = 'general-purpose', ...others] = agents;
  const { onProgress } = attempt;
  let run: RunView | null = await retryThroughOutage(() => startStep(scope, key, { role, agent }), {
    what: key,
    onProgress,
    signal: attempt.signal,
  });
  let fallbacks = others;
  while (run !== null) {
    const answer: ReportAnswer | undefined = await runAgent(orchestration, attempt, {
      run,
      fallbacks,
    });
    if (answer === undefined) return;
    run = answer.nextRun;
    fallbacks = [];
  }
}

/**
 * Whether an open review was done before: its result closed it, so it was reopened to be done
 * again.
 */
function isReopenedReview({ task, runs }: Leaf): boolean {
  const last = runs.findLast(({ status }) => isDoneRun(status));
  return task.type === 'review' && last?.status === 'completed';
}

/** Runs the agent of one run and records its report; undefined when there is nothing to record. */
async function runAgent(
  orchestration: Orchestration,
  attempt: Attempt,
  { run: first, fallbacks }: { readonly run: RunView; readonly fallbacks: readonly string[] },
): Promise<ReportAnswer | undefined> {
  const { scope, policy } = orchestration;
  const { leaf, signal, onProgress, watch } = attempt;
  const { key, title, id: taskId } = leaf.task;
  let run = first;
  let startedAt = 0;
  const end = new AbortController();
  watch.add({ id: run.id, taskId, end });
  try {
    const ended = AbortSignal.any([signal, end.signal]);
    let result = await start(run.agent);
    for (const agent of fallbacks) {
      if (result.kind !== 'failed' || result.reason !== 'unknown_agent') break;
      onProgress({ kind: 'replaced', key, title, agent: run.agent, by: agent });
      run = await reassignRun(scope, key, agent);
      result = await start(agent);
    }
    return await record(result);

    async function start(agent: string): Promise<AgentResult> {
      const { attempt: number, cycle, role } = run;
      onProgress({ kind: 'started', key, title, agent, role, attempt: number, cycle });
      const assignment = await retryThroughOutage(() => describeAssignment(scope, { key, run }), {
        what: key,
        onProgress,
        signal,
      });
      startedAt = Date.now();
      return orchestration.runner.run(
        {
          agent,
          ...{ role, key, title, type: assignment.task.type, attempt: number },
          prompt: renderPrompt(assignment),
          schema: agentReportSchema(assignment.task.type, role),
          cwd: orchestration.cwd,
          timeoutMs: policy.timeoutMs,
          ...(policy.budgetUsd === undefined ? {} : { budgetUsd: policy.budgetUsd }),
          env: runEnvironment(orchestration, key, run),
        },
        ended,
      );
    }
  } finally {
    watch.remove(run.id);
  }

  async function record(result: AgentResult): Promise<ReportAnswer | undefined> {
    if (result.kind === 'failed' && result.reason === 'cancelled') {
      const reason = signal.aborted ? 'the orchestrator was stopped' : 'others ended its run';
      return abandon({ status: 'cancelled', reason });
    }
    if (result.kind === 'hindered') return setBack(result.hindrance, microsOf(result));
    if (result.kind === 'failed' && result.reason === 'unknown_agent') {
      const { message, hint = '' } = missingAgents([run.agent]);
      return setBack({ cause: 'agents', message: `${message}. ${hint}`, resetsAt: null });
    }
    if (result.kind === 'failed' && result.reason === 'crashed') {
      const { message } = result;
      if (attempt.crashes.note(key, message, Date.now() - startedAt)) {
        return setBack({ cause: 'crashes', message, resetsAt: null }, microsOf(result));
      }
    }
    if (result.kind === 'report') attempt.crashes.pass();
    const answer = await recordResult(orchestration, key, { run, result, onProgress });
    if (answer === undefined) {
      const reason = 'others ended its run; its report is kept there';
      return abandon({ status: 'cancelled', reason });
    }
    attempt.hold.pass(Date.now());
    const { activeMinutes: minutes, error } = answer.run;
    const outcome = error ?? answer.task.blockedReason ?? outcomeOf(answer.run.report);
    onProgress({
      kind: 'ended',
      key,
      title,
      agent: run.agent,
      next: answer.next,
      sentBack: answer.sentBack,
      outcome,
      minutes,
    });
    return answer;
  }

  /** Leaves the task as it was before the run, as its end says nothing of it. */
  async function setBack(hindrance: Hindrance, costMicros?: number): Promise<undefined> {
    const reason = clip(hindrance.message, limits.reason);
    // Claude Code tries for minutes before it gives up: that is no work when nothing was answered.
    await abandon({ status: 'released', reason, costMicros, isIdle: !costMicros });
    attempt.onHindered(hindrance);
  }

  async function abandon(end: Omit<RunAbandoned, 'runId'>): Promise<undefined> {
    const what = `the end of the run of ${key}`;
    const work = () => abandonRun(scope, key, { ...end, runId: run.id });
    await retryThroughOutage(work, { what, onProgress });
    onProgress({ kind: 'dropped', key, reason: end.reason });
  }
}

function outcomeOf(report: unknown): string | null {
  const outcome =
    typeof report === 'object' && report !== null && 'outcome' in report ? report.outcome : null;
  return typeof outcome === 'string' ? outcome : null;
}
