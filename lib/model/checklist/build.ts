import type { ChecklistItem, ChecklistProgress, CompletionSummary } from '../answers/checklist.ts';
import type { TaskView } from '../answers/task.ts';
import { type TaskTree, tasksBelow } from '../answers/tree.ts';
import { pastBlocksOf } from '../task/past-blocks.ts';
import { isJudged, type RunFacts } from './run-facts.ts';
import { saidOf } from './said.ts';
import { summarise } from './summarise.ts';

/** Everything that any view of a checklist shows, before it is cut to size. */
export interface Checklist {
  readonly key: string;
  readonly title: string;
  /** The client that it is for. */
  readonly client: string | null;
  readonly status: TaskView['status'];
  /** When the tasks were read, by the database's clock. */
  readonly at: string;
  /** The subtasks; the task itself where it has none. */
  readonly items: readonly ChecklistItem[];
  readonly progress: ChecklistProgress;
  readonly summary: CompletionSummary;
}

/** Makes a checklist of a task and everything below it. */
export function buildChecklist(
  tree: TaskTree,
  {
    at,
    runFacts,
    billedMinutes = null,
    lastNotes = new Map(),
  }: {
    readonly at: string;
    readonly runFacts: ReadonlyMap<string, RunFacts>;
    readonly billedMinutes?: number | null;
    /** The newest note of each task under way, by its key. */
    readonly lastNotes?: ReadonlyMap<string, string>;
  },
): Checklist {
  const { task } = tree;
  const titles = new Map([task, ...tasksBelow(tree)].map(({ key, title }) => [key, title]));
  const whole = toItem(tree, { titles, runFacts, lastNotes });
  const items = whole.items.length === 0 ? [whole] : whole.items;
  return {
    key: task.key,
    title: task.title,
    client: task.client,
    status: task.status,
    at,
    items,
    progress: countProgress(leavesOf(items)),
    summary: summarise(tree, { minutes: whole.minutes, billedMinutes, runFacts }),
  };
}

interface Sources {
  readonly titles: ReadonlyMap<string, string>;
  readonly runFacts: ReadonlyMap<string, RunFacts>;
  readonly lastNotes: ReadonlyMap<string, string>;
}

function toItem({ task, subtasks }: TaskTree, sources: Sources): ChecklistItem {
  const facts = sources.runFacts.get(task.key);
  const isCancelled = task.status === 'cancelled';
  return {
    key: task.key,
    title: task.title,
    status: task.status,
    type: task.type,
    priority: task.priority,
    ready: task.ready,
    minutes: facts?.minutes ?? null,
    agent: agentOf(task, facts),
    approvedBy: facts?.approvedBy ?? null,
    rejection: facts?.rejection ?? null,
    formerRound: facts?.formerRound ?? null,
    lastNote: sources.lastNotes.get(task.key) ?? null,
    startedAt: facts?.startedAt ?? task.claim?.since ?? task.startedAt,
    reason: isCancelled ? task.outcome : task.blockedReason,
    pastBlocks: [...pastBlocksOf(task.context)],
    blockedBy: task.blockers.map((key) => ({ key, title: sources.titles.get(key) ?? null })),
    outcome: isCancelled ? null : task.outcome,
    ...saidOf(task, { isJudged: isJudged(facts) }),
    items: subtasks.map((tree) => toItem(tree, sources)),
  };
}

function agentOf(task: TaskView, facts: RunFacts | undefined): string | null {
  const { status, claim, assignedAgent } = task;
  // Who did what is open again is not at it any more.
  if (claim === null && (status === 'pending' || status === 'blocked')) return assignedAgent;
  return facts?.agent ?? assignedAgent ?? claim?.actor ?? facts?.actor ?? null;
}

function countProgress(leaves: readonly ChecklistItem[]): ChecklistProgress {
  const count = (status: ChecklistItem['status']) =>
    leaves.filter((leaf) => leaf.status === status).length;
  const known = {
    completed: count('completed'),
    inProgress: count('in_progress'),
    blocked: count('blocked'),
    cancelled: count('cancelled'),
  };
  // A status of a newer docket counts as work to come, so that no step is left out of the whole.
  const rest = Object.values(known).reduce((sum, each) => sum + each, 0);
  return { ...known, pending: leaves.length - rest };
}

/** Lists the items without subtasks, in order. */
export function leavesOf(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.flatMap((item) => (item.items.length === 0 ? [item] : leavesOf(item.items)));
}
