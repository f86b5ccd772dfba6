import type { RunView } from '../answers/run.ts';
import type { TaskView } from '../answers/task.ts';
import { type TaskTree, tasksBelow } from '../answers/tree.ts';
import { isDoneRun, minutesOf } from '../run/run.ts';
import { containerKeys } from '../task/key-tree.ts';
import { isClosed } from '../task/status.ts';

/** A review that sent work back. */
export interface Rejection {
  /** The reviewer; null when nobody said. */
  readonly by: string | null;
  /** Counts the rounds of work and review, from 1. */
  readonly round: number;
}

/** The facts that a task's runs tell. */
export interface RunFacts {
  /** Active minutes of its runs and of those below it, rounded once; null without runs. */
  readonly minutes: number | null;
  /** Milliseconds of its own runs. */
  readonly activeMs: number;
  /** The agent at work, or the one that got the result. */
  readonly agent: string | null;
  /** The actor of that agent, user@host. */
  readonly actor: string | null;
  readonly approvedBy: string | null;
  /** The verdict that the newest result was rejected; null where none was, or work came since. */
  readonly rejection: Rejection | null;
  /**
   * The round that rejected it, where that is over: of work done anew that nobody has judged yet,
   * and of a review that judges again. What its context says of issues is from then.
   */
  readonly formerRound: number | null;
  /** When the present worker began. */
  readonly startedAt: string | null;
}

/** Whether somebody has approved or rejected a task's newest result. */
export function isJudged(facts: RunFacts | undefined): boolean {
  return facts !== undefined && (facts.approvedBy !== null || facts.rejection !== null);
}

/** Gathers the facts of a tree's runs by task key. */
export function gatherRunFacts(
  tree: TaskTree,
  runs: readonly RunView[],
): ReadonlyMap<string, RunFacts> {
  const byTask = Map.groupBy(runs, ({ task }) => task);
  const reviews = tasksBelow(tree).filter(
    ({ type, status }) => type === 'review' && status !== 'cancelled',
  );
  const facts = new Map<string, RunFacts>();
  /** Returns milliseconds, as many short steps would be none, or minutes each; null without runs. */
  function gather({ task, subtasks }: TaskTree): number | null {
    const own = byTask.get(task.key) ?? [];
    const activeMs = own.reduce((sum, run) => sum + run.activeMs, 0);
    const parts = subtasks.map(gather).filter((part) => part !== null);
    const hasRuns = own.length + parts.length > 0;
    const wholeMs = hasRuns ? parts.reduce((sum, part) => sum + part, activeMs) : null;
    const running = own.find(({ status }) => status === 'running');
    // Who judges at a review step does that step.
    const done = own.findLast(
      ({ role, status }) => (role === 'work' || task.type === 'review') && isDoneRun(status),
    );
    const judged = { own, done, reviews, byTask };
    facts.set(task.key, {
      minutes: wholeMs === null ? null : minutesOf(wholeMs),
      activeMs,
      agent: agentOf(running ?? done),
      actor: (running ?? done)?.actor ?? null,
      approvedBy: approverOf(task, judged),
      rejection: rejectionOf(task, judged),
      formerRound: formerRoundOf(task, judged),
      startedAt: running?.startedAt ?? null,
    });
    return wholeMs;
  }
  gather(tree);
  return facts;
}

/** Names the run's agent; null when none was named, as the task or the claim then says who. */
function agentOf(run: RunView | undefined): string | null {
  return run === undefined || run.agent === '' ? null : run.agent;
}

interface Judged {
  readonly own: readonly RunView[];
  /** The newest result of the task. */
  readonly done: RunView | undefined;
  /** The reviews of the same plan. */
  readonly reviews: readonly TaskView[];
  readonly byTask: ReadonlyMap<string, readonly RunView[]>;
}

/**
 * Finds who approved the newest result: in a run at the task itself, or by a review that needs it.
 */
function approverOf(task: TaskView, { own, done, reviews, byTask }: Judged): string | null {
  // What a review judges is not itself.
  if (task.type === 'review') return null;
  const judgement = own.findLast(({ role, verdict }) => role === 'review' && verdict !== null);
  if (judgement !== undefined) {
    return judgement.verdict === 'approved' ? nameOf(judgement) : null;
  }
  if (done?.verdict !== 'approved') return null;
  return judgeOf(
    task,
    reviews.filter(({ status }) => status === 'completed'),
    byTask,
  );
}

/** Tells that the newest result of open work was rejected, and by whom. */
function rejectionOf(task: TaskView, { own, done, reviews, byTask }: Judged): Rejection | null {
  // A review's own verdict is about other work.
  if (task.type === 'review' || isClosed(task.status)) return null;
  if (done?.verdict !== 'rejected') return null;
  const judgement = own.findLast(
    ({ role, verdict }) => role === 'review' && verdict === 'rejected',
  );
  const by = judgement === undefined ? judgeOf(task, reviews, byTask) : nameOf(judgement);
  return { by, round: done.cycle };
}

function formerRoundOf(task: TaskView, { own, done }: Judged): number | null {
  if (task.type === 'review') {
    const last = isClosed(task.status)
      ? undefined
      : own.findLast(({ verdict }) => verdict !== null);
    return last?.cycle ?? null;
  }
  const says = done?.report as { readonly issues_found?: unknown } | null | undefined;
  // Issues that the newest result itself names are as new as it is.
  if (done === undefined || done.verdict !== null || says?.issues_found !== undefined) return null;
  return own.findLast(({ verdict }) => verdict === 'rejected')?.cycle ?? null;
}

/** Names who did the last review that judges a task, or its container. */
function judgeOf(
  { key }: TaskView,
  reviews: readonly TaskView[],
  byTask: Judged['byTask'],
): string | null {
  const judged = [key, ...containerKeys(key)];
  const review = reviews.findLast(({ needs }) => needs.some((need) => judged.includes(need)));
  const run = byTask.get(review?.key ?? '')?.findLast(({ status }) => isDoneRun(status));
  return run === undefined ? (review?.assignedAgent ?? null) : nameOf(run);
}

function nameOf({ agent, actor }: RunView): string {
  return agent === '' ? actor : agent;
}
