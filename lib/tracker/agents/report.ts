import type { ReportAnswer } from '../../model/answers/run.ts';
import { entriesOf } from '../../model/checklist/context-entries.ts';
import { DocketError } from '../../model/errors.ts';
import { mergeReport } from '../../model/report/merge.ts';
import { blockedReason, parseReport, type Report } from '../../model/report/report.ts';
import { escalation, nextStep } from '../../model/run/next-step.ts';
import type { Policy } from '../../model/run/policy.ts';
import { isDoneRun, type Run } from '../../model/run/run.ts';
import { isContainer } from '../../model/task/container.ts';
import { parseInput, Reason, type TaskContext } from '../../model/task/input.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import type { Task } from '../../model/task/task.ts';
import { keepInsights } from '../insights/insights.ts';
import { withTouched } from '../runs/keep-touched.ts';
import { finishRun, judgeWork } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { requireOwnClaim, takeItFirst } from '../tasks/own-claim.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import { viewRun } from '../view/run.ts';
import { runningOf, taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { applyReport, type Outcome } from './report-effects.ts';
import { isReviewed, reviewedBy, stepState } from './review.ts';

export interface ReportOptions {
  readonly policy: Policy;
  /** The run that the report is about; else the one under way. */
  readonly runId?: string;
  readonly costMicros?: number | undefined;
  /** Whether the holder keeps the claim while the task is blocked. */
  readonly keepsClaim?: boolean;
}

/**
 * Records an agent's report of its run and moves the task on: completed work goes to its review or
 * is done, rejected work goes back, failed work is tried again or waits for a person.
 *
 * @throws DocketError `not_running`, `invalid_input`, `already_claimed`, `is_container`,
 * `not_found`, `schema_too_new`
 */
export function recordReport(
  scope: Scope,
  key: string,
  input: unknown,
  options: ReportOptions,
): Promise<ReportAnswer> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    const run = await requireRun(write, task, options);
    await requireOwnClaim(write, task, { force: false, hint: takeItFirst(task) });
    const report = parseReport(input, { type: task.type, isReview: run.role === 'review' });
    // A review without a result judges nothing, whatever else it reports.
    const isReview = run.role === 'review' && task.type !== 'review' && isDoneRun(report.status);
    if (isReview && report.approval) await judgeWork(write, task.id, report.approval);
    const reportText = JSON.stringify(report);
    await endRunWith(write, run, { report, reportText, costMicros: options.costMicros });
    const merged = mergeIntoTask(write, task, { report, run });
    const insightsLost = await keepInsights(write, task, { run, report });
    const runs = await taskRuns(write, task.id);
    const outcome = decide(write, merged, { report, runs, run, options });
    const effects = await applyReport(write, merged, { outcome, report, run, ...options });
    const result = await answer(write, task.id, effects.followUps);
    const ended = runs.find(({ id }) => id === run.id) ?? run;
    const begun = await runningOf(write, task.id);
    return {
      ...result,
      run: viewRun({ ...ended, report: reportText }, task.key),
      next: outcome.next,
      sentBack: effects.sentBack.map(({ key, title }) => ({ key, title })),
      insightsLost,
      nextRun: begun === undefined ? null : viewRun(begun, task.key),
    };
  });
}

async function requireRun(write: Write, task: Task, { runId }: ReportOptions): Promise<Run> {
  if (isContainer(task)) {
    throw new DocketError('is_container', `${task.key} has subtasks; those are reported`, {
      hint: `docket show ${task.key}`,
    });
  }
  const run = await runningOf(write, task.id);
  if (run !== undefined && (runId === undefined || run.id === runId)) return run;
  throw new DocketError('not_running', `${task.key} is ${task.status}, and no agent is at it`, {
    hint:
      task.status === 'pending'
        ? `docket claim ${task.key}, then report`
        : task.status === 'in_progress'
          ? `docket release ${task.key}, claim it again, then report`
          : `docket show ${task.key}`,
  });
}

async function endRunWith(
  write: Write,
  run: Run,
  {
    report,
    reportText,
    costMicros,
  }: {
    readonly report: Report;
    readonly reportText: string;
    readonly costMicros: number | undefined;
  },
): Promise<void> {
  const { status, approval, outcome, billable_minutes: proposedMinutes } = report;
  await finishRun(write, run.taskId, {
    status,
    verdict: run.role === 'review' && isDoneRun(status) ? approval : undefined,
    report: reportText,
    error: status === 'failed' ? (outcome ?? 'the agent did not say why') : undefined,
    costMicros,
    proposedMinutes,
  });
}

/** Writes what the task itself takes from the report, and returns the task as it then is. */
function mergeIntoTask(
  write: Write,
  task: Task,
  { report, run }: { readonly report: Report; readonly run: Run },
): Task {
  const { list } = write;
  const { outcome } = report;
  // The outcome of a task is what its work came to; a review of work only reports findings.
  const isResult = isDoneRun(report.status) && (run.role === 'work' || task.type === 'review');
  const context = readContext(task.context);
  const { approval: _, ...unjudged } = context;
  // What is done anew has no verdict yet.
  const before =
    isResult && run.role === 'work'
      ? { ...unjudged, ...formerOutcome(task, { context, outcome }) }
      : context;
  list.change(task.id, {
    task_context: serialiseContext(withTouched(write, task.id, mergeReport(before, report))),
    ...(isResult && outcome !== undefined ? { outcome } : {}),
  });
  return list.task(task.id);
}

/** Keeps what came of work that a review sent back, beside what its mending came to. */
function formerOutcome(
  { outcome: former }: Task,
  { context, outcome }: { readonly context: TaskContext; readonly outcome: string | undefined },
): TaskContext {
  if (context.approval !== 'rejected' || former === null || outcome === undefined) return {};
  if (former === outcome) return {};
  const outcomes = [...entriesOf(context, 'earlier_outcomes'), former];
  return { earlier_outcomes: [...new Set(outcomes)] };
}

function decide(
  { list }: Write,
  task: Task,
  {
    report,
    runs,
    run,
    options,
  }: {
    readonly report: Report;
    readonly runs: readonly Run[];
    readonly run: Run;
    readonly options: ReportOptions;
  },
): Outcome {
  const asksPerson = report.status === 'needs_review' && run.role === 'review';
  if (report.status === 'blocked' || asksPerson) {
    const reason = blockedReason(report) || 'the review asks for a person';
    return { next: 'blocked', reason: parseInput(Reason, reason, { what: 'reason' }) };
  }
  // A rejecting review that judges no work of its plan has nothing to send back: it is done.
  if (task.type === 'review' && report.approval === 'rejected') {
    if (reviewedBy(list, list.state(task.id)).length === 0) return { next: 'done' };
  }
  const escalated = escalation(runs, options.policy);
  if (escalated !== undefined) {
    return { next: 'escalated', reason: [escalated, issuesOf(report)].filter(Boolean).join(': ') };
  }
  if (report.status === 'failed') return { next: 'retry' };
  const hasReviewTask = isReviewed(list, list.state(task.id));
  const step = nextStep(stepState(task, { runs, hasReviewTask }), options.policy);
  if (step.kind === 'done') return { next: 'done' };
  return { next: step.role === 'review' && task.type !== 'review' ? 'review' : 'rework', step };
}

/** Joins the first issues into the reason that people read. */
function issuesOf({ issues_found: issues = [] }: Report): string {
  return entriesOf({ issues }, 'issues').slice(0, 3).join('; ');
}
