import type { ReportNext } from '../../model/answers/run.ts';
import { limits } from '../../model/limits.ts';
import { mergeReport } from '../../model/report/merge.ts';
import type { Report } from '../../model/report/report.ts';
import type { NextStep } from '../../model/run/next-step.ts';
import type { Run } from '../../model/run/run.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import type { Task } from '../../model/task/task.ts';
import { findFollowUpTitles } from '../../store/tables/dependencies.ts';
import { judgeWork, startRun } from '../runs/runs.ts';
import { readContext } from '../stored-json.ts';
import { move, noClaim } from '../tasks/change-status.ts';
import { addTask } from '../tasks/create.ts';
import { addNewLink } from '../tasks/link.ts';
import { loadTasks } from '../write/load.ts';
import { loadRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { reviewedBy } from './review.ts';

/** The next step that a report leads to. */
export interface Outcome {
  readonly next: ReportNext;
  /** The reason of `blocked` and `escalated`. */
  readonly reason?: string;
  /** The step of `review` and `rework`. */
  readonly step?: Extract<NextStep, { kind: 'run' }>;
}

interface Effect {
  readonly outcome: Outcome;
  readonly report: Report;
  readonly run: Run;
  readonly keepsClaim?: boolean;
}

/** What a report did to other tasks than its own. */
export interface ReportEffects {
  /** Keys of the follow-ups that the report asks for. */
  readonly followUps: readonly string[];
  /** The work that a review of the plan rejected, which is open again. */
  readonly sentBack: readonly Task[];
}

/** Moves the task on after a report. `task` is given as it is after its run has ended. */
export async function applyReport(
  write: Write,
  task: Task,
  { outcome, report, run, keepsClaim = true }: Effect,
): Promise<ReportEffects> {
  let sentBack: readonly Task[] = [];
  const detail = { report: report.status, agent: run.agent, ...verdictOf(report, run) };
  switch (outcome.next) {
    case 'done':
      await complete(write, task, detail);
      if (report.approval === 'approved') await approve(write, task);
      break;
    case 'review':
    case 'rework':
      if (task.type === 'review') sentBack = await sendBack(write, task, { report, detail });
      else await goOn(write, task, { step: outcome.step, detail, run });
      break;
    case 'retry':
      await release(write, task, detail);
      break;
    case 'blocked':
    case 'escalated': {
      const drops = outcome.next === 'escalated' || !keepsClaim;
      const free = drops ? await release(write, task, detail) : task;
      const reason = [...(outcome.reason ?? 'blocked')].slice(0, limits.reason).join('');
      await move(write, free, {
        verb: 'blocked',
        to: 'blocked',
        change: { blocked_reason: reason },
        detail: { reason, ...detail },
      });
    }
  }
  return { followUps: await addFollowUps(write, task, report), sentBack };
}

function verdictOf({ approval }: Report, { role }: Run) {
  return role === 'review' && approval !== undefined ? { verdict: approval } : {};
}

async function complete(write: Write, task: Task, detail: object): Promise<void> {
  await move(write, task, {
    verb: 'completed',
    to: 'completed',
    change: { ...noClaim, completed_at: write.at },
    detail: { ...detail, ...(task.outcome === null ? {} : { outcome: task.outcome }) },
  });
}

/** Marks the work that an approving review judged as approved: what was found in it is settled. */
async function approve(write: Write, review: Task): Promise<void> {
  const { list } = write;
  if (review.type !== 'review') return;
  const ids = reviewedBy(list, list.state(review.id)).map(({ id }) => id);
  await loadRuns(write, ids);
  for (const task of await loadTasks(write, ids)) {
    await judgeWork(write, task.id, 'approved');
    noteVerdict(write, task, { status: 'completed', approval: 'approved' });
  }
}

/** Writes what a review of the plan says of a task that it judged into that task's context. */
function noteVerdict({ list }: Write, task: Task, verdict: Report): void {
  const context = mergeReport(readContext(task.context), verdict);
  list.change(task.id, { task_context: serialiseContext(context) });
}

/** Gives the claim up, and returns the task as it then is. */
async function release(write: Write, task: Task, detail: object): Promise<Task> {
  await move(write, task, {
    verb: 'released',
    to: 'pending',
    change: noClaim,
    detail: { ...detail },
  });
  return write.list.task(task.id);
}

/**
 * Lets the same claim go on with another role: the work is judged, or done again. A claim that was
 * made for the agent that reported is the next agent's then.
 */
async function goOn(
  write: Write,
  task: Task,
  { step, detail, run }: { step: Outcome['step']; detail: object; run: Run },
): Promise<void> {
  const agent = step?.agents[0];
  const { agent: holder, ...claim } = task.claim ?? write.scope.worker;
  const worker = { ...claim, agent: holder === run.agent ? (agent ?? holder) : holder };
  if (agent !== undefined) {
    write.list.change(task.id, {
      assigned_agent: agent,
      ...(task.claim === null ? {} : { claim_agent_id: worker.agent }),
    });
  }
  const { id: runId } = await startRun(write, task, { role: step?.role ?? 'work', agent, worker });
  write.record({
    verb: 'reported',
    taskId: task.id,
    runId,
    key: task.key,
    old: { status: task.status },
    new: { status: task.status, ...detail, next: step?.role, nextAgent: agent },
  });
}

/**
 * Reopens the work that a review rejects, with the issues it found; the review waits for it. The
 * work keeps its outcome: what there is so far is what is to be mended.
 *
 * @returns the tasks that are open again.
 */
async function sendBack(
  write: Write,
  review: Task,
  { report, detail }: { report: Report; detail: object },
): Promise<readonly Task[]> {
  const { list } = write;
  const ids = reviewedBy(list, list.state(review.id)).map(({ id }) => id);
  const { issues_found: issues = [] } = report;
  await loadRuns(write, ids);
  const sentBack: Task[] = [];
  for (const task of await loadTasks(write, ids)) {
    noteVerdict(write, task, {
      status: 'completed',
      approval: 'rejected',
      issues_found: issues,
    });
    if (task.status !== 'completed') continue;
    await move(write, list.task(task.id), {
      verb: 'reopened',
      to: 'pending',
      change: { completed_at: null },
      detail: { by: review.key, ...(task.outcome === null ? {} : { formerOutcome: task.outcome }) },
    });
    sentBack.push(list.task(task.id));
  }
  await release(write, review, detail);
  return sentBack;
}

/**
 * Creates the follow-ups of a report. Those that an earlier run of the task reported exist already:
 * reviewers and retries name them again.
 */
async function addFollowUps(
  write: Write,
  task: Task,
  { follow_ups: titles = [] }: Report,
): Promise<readonly string[]> {
  const keys: string[] = [];
  if (titles.length === 0) return keys;
  const known = new Set(await findFollowUpTitles(write.db, task.id));
  for (const title of titles) {
    if (known.has(title)) continue;
    known.add(title);
    const followUp = await addTask(write, { title }, { foundIn: task });
    addNewLink(write, { task: followUp, target: task, type: 'discovered_from' });
    keys.push(followUp.key);
  }
  return keys;
}
