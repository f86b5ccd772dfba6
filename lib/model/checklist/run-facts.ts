import type { RunView } from '../answers/run.ts';
import type { TaskView } from '../answers/task.ts';
import { type TaskTree, tasksBelow } from '../answers/tree.ts';
import { isDoneRun, minutesOf } from '../run/run.ts';

/** The facts that a task's runs tell. */
export interface RunFacts {
  /** Active minutes of its runs and of those below it; null without runs. */
  readonly minutes: number | null;
  /** Milliseconds of its own runs. */
  readonly activeMs: number;
  /** The agent at work, or the one that got the result. */
  readonly agent: string | null;
  /** The actor of that agent, user@host. */
  readonly actor: string | null;
  readonly approvedBy: string | null;
  /** When the present worker began. */
  readonly startedAt: string | null;
}

/** Gathers the facts of a tree's runs by task key. */
export function gatherRunFacts(
  tree: TaskTree,
  runs: readonly RunView[],
): ReadonlyMap<string, RunFacts> {
  const byTask = Map.groupBy(runs, ({ task }) => task);
  const reviews = tasksBelow(tree).filter(
    ({ type, status }) => type === 'review' && status === 'completed',
  );
  const facts = new Map<string, RunFacts>();
  /** Returns the minutes, so that a container's are the sum of those that its steps show. */
  function gather({ task, subtasks }: TaskTree): number | null {
    const own = byTask.get(task.key) ?? [];
    const activeMs = own.reduce((sum, run) => sum + run.activeMs, 0);
    const parts = subtasks.map(gather).filter((part) => part !== null);
    const hasRuns = own.length + parts.length > 0;
    const minutes = hasRuns ? parts.reduce((sum, part) => sum + part, minutesOf(activeMs)) : null;
    const running = own.find(({ status }) => status === 'running');
    // Who judges at a review step does that step.
    const done = own.findLast(
      ({ role, status }) => (role === 'work' || task.type === 'review') && isDoneRun(status),
    );
    facts.set(task.key, {
      minutes,
      activeMs,
      agent: agentOf(running ?? done),
      actor: (running ?? done)?.actor ?? null,
      approvedBy: approverOf(task, { own, done, reviews, byTask }),
      startedAt: running?.startedAt ?? null,
    });
    return minutes;
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
  /** Completed reviews of the same plan. */
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
  const review = reviews.findLast(({ needs }) => needs.includes(task.key));
  const run = byTask.get(review?.key ?? '')?.findLast(({ status }) => isDoneRun(status));
  return run === undefined ? (review?.assignedAgent ?? null) : nameOf(run);
}

function nameOf({ agent, actor }: RunView): string {
  return agent === '' ? actor : agent;
}
