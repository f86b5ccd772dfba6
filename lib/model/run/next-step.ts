import { byWord, requireWord } from '../known-word.ts';
import type { TaskType } from '../task/task.ts';
import { defaultReviewer, type Policy } from './policy.ts';
import { isDoneRun, type Run, type RunRole, runRoles, runStatuses, verdicts } from './run.ts';

/** The next thing an agent does with a task, or that nothing is left. */
export type NextStep =
  | { readonly kind: 'run'; readonly role: RunRole; readonly agents: readonly string[] }
  | { readonly kind: 'done' };

/** In the order they began. */
type PastRun = Pick<Run, 'role' | 'status' | 'verdict' | 'error'>;

/** The state of a leaf that decides its next step. */
export interface StepState {
  readonly type: TaskType;
  /** The agent that the plan named; it comes before those of the type. */
  readonly plannedAgent: string | null;
  /** Whether another task of the plan is the review of this one. */
  readonly hasReviewTask: boolean;
  /** In the order they began. */
  readonly runs: readonly PastRun[];
}

/**
 * Decides from what is recorded, so that a restart goes on where it stopped: finished work is
 * judged, approved work is done, rejected work goes back, and failed work is tried again.
 *
 * @throws DocketError `schema_too_new` when a word of a newer docket would decide.
 */
export function nextStep(
  { type, plannedAgent, hasReviewTask, runs }: StepState,
  { routes }: Policy,
): NextStep {
  runs.forEach(requireKnownRun);
  const last = runs.findLast(({ status }) => isDoneRun(status));
  const lastWork = runs.findLast((run) => run.role === 'work' && isDoneRun(run.status));
  const { work, review } = byWord(routes, type, 'task type');
  const named = plannedAgent === null ? [] : [plannedAgent];
  const role = type === 'review' ? 'review' : 'work';
  const doIt: NextStep = { kind: 'run', role, agents: [...new Set([...named, ...work])] };
  // What is opened again was not good enough, although its review said so.
  if ([last?.verdict, lastWork?.verdict].includes('rejected') || last === undefined) return doIt;
  if (last.role === 'review') return { kind: 'done' };
  const asksForIt = last.status === 'needs_review';
  const reviewer = review ?? (asksForIt ? defaultReviewer : null);
  if (reviewer === null || (hasReviewTask && !asksForIt)) return { kind: 'done' };
  return { kind: 'run', role: 'review', agents: [reviewer] };
}

function requireKnownRun({ role, status, verdict }: PastRun): void {
  requireWord(runRoles, role, 'role of a run');
  requireWord(runStatuses, status, 'status of a run');
  if (verdict !== null) requireWord(verdicts, verdict, 'verdict');
}

/**
 * Says why a task is for a person to look at, after its last run: it failed, or was rejected, as
 * often as the policy allows. Unblocking it gives it one more try.
 */
export function escalation(runs: readonly PastRun[], policy: Policy): string | undefined {
  const last = runs.at(-1);
  if (last?.verdict === 'rejected') {
    const isRejection = ({ role, verdict }: PastRun) => role === 'review' && verdict === 'rejected';
    const isApproval = ({ role, verdict }: PastRun) => role === 'review' && verdict === 'approved';
    const times = runs.slice(runs.findLastIndex(isApproval) + 1).filter(isRejection).length;
    return times < policy.maxReviewCycles ? undefined : `rejected in ${count(times, 'review')}`;
  }
  if (last?.status !== 'failed') return undefined;
  const since = runs.slice(runs.findLastIndex(({ status }) => isDoneRun(status)) + 1);
  const times = since.filter(({ status }) => status === 'failed').length;
  if (times < policy.maxAttempts) return undefined;
  return `failed in ${count(times, 'attempt')}${last.error ? `: ${last.error}` : ''}`;
}

function count(times: number, what: string): string {
  return `${times} ${what}${times === 1 ? '' : 's'}`;
}
