import type { SearchAnswer } from '../../model/answers/search.ts';
import type { TaskList, TaskView } from '../../model/answers/task.ts';
import { isClosed } from '../../model/task/status.ts';
import { usualType } from '../../model/task/types.ts';
import { renderWhen } from '../text/age.ts';
import { renderHint, withHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { statusWords } from '../text/mark.ts';
import { renderDue, renderMoment } from '../text/moment.ts';
import { safeLine } from '../text/safe-text.ts';
import { type ListText, renderRest } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { claimPaint, type RenderContext, renderClaim } from './claim.ts';
import { type Fact, renderLines, type TaskLine } from './line.ts';
import { placeUnderContainers } from './tree.ts';

const blockersShown = 4;

/** How a list of tasks is shown. */
export interface LinesContext extends RenderContext {
  /** The container whose subtasks are listed. */
  readonly under?: string;
  /** Whether the order of the tasks is meant, also that of subtasks. */
  readonly isSorted?: boolean;
}

/**
 * Lists tasks, one line each: key, priority, status, title, and what matters about it. A subtask
 * stands under its container; it names one that is not listed, unless that is `under`. On a terminal
 * titles give way so that each line fits.
 */
export function renderTaskLines(
  tasks: readonly TaskView[],
  context: LinesContext,
  style: OutputStyle,
): readonly string[] {
  const known = new Set([...tasks.map(({ key }) => key), context.under]);
  const placed = placeUnderContainers(tasks, { isSorted: context.isSorted ?? false });
  return renderLines(
    placed.map(({ task, depth }) => {
      const isPlaced = task.parent === null || known.has(task.parent);
      return { ...taskLine(task, { ...context, isPlaced }), depth };
    }),
    style,
  );
}

/** Makes the line of a task. One that is not `isPlaced` names its container. */
export function taskLine(
  task: TaskView,
  context: RenderContext & { readonly isPlaced: boolean },
): TaskLine {
  const { key, priority, title, status, claim } = task;
  return {
    ...{ key, priority, title, status },
    facts: factsOf(task, context),
    paint: claim === null || status !== 'in_progress' ? undefined : claimPaint(claim, context),
  };
}

/** Whether the last review of open work sent it back. */
function isRejected({ status, type, context }: TaskView): boolean {
  return type !== 'review' && !isClosed(status) && context.approval === 'rejected';
}

function factsOf(
  task: TaskView,
  { isPlaced, ...context }: RenderContext & { readonly isPlaced: boolean },
): readonly Fact[] {
  const { claim, progress, blockers } = task;
  const facts: Fact[] = [];
  if (!isPlaced) facts.push(`part of ${safeLine(task.parentTitle ?? task.parent ?? '', 60)}`);
  if (progress !== null && progress.total > 0) facts.push(`${progress.done} of ${progress.total}`);
  if (task.type !== usualType) facts.push(safeLine(task.type, 32));
  // A holder of that name says it already.
  if (task.assignedAgent !== null && task.assignedAgent !== task.claim?.agent)
    facts.push(`agent ${safeLine(task.assignedAgent, 40)}`);
  if (claim !== null) {
    facts.push({ text: renderClaim(claim, context), paint: claimPaint(claim, context) });
  }
  if (isRejected(task)) facts.push({ text: 'sent back by its review', paint: 'red' });
  if (task.blockedReason !== null) {
    facts.push({ text: `blocked: ${safeLine(task.blockedReason, 80)}`, paint: 'red' });
  }
  if (blockers.length > 0 && task.status === 'pending') facts.push(`needs ${renderKeys(blockers)}`);
  facts.push(...timeFacts(task, context.at));
  if (task.labels.length > 0) facts.push(renderLabels(task.labels));
  facts.push(...attributionFacts(task));
  return facts;
}

/** Says whom a task is for. */
export function attributionFacts({
  client,
  project,
}: Pick<TaskView, 'client' | 'project'>): readonly string[] {
  return [
    ...(client === null ? [] : [`client ${safeLine(client, 40)}`]),
    ...(project === null ? [] : [`project ${safeLine(project, 40)}`]),
  ];
}

/** Says when an open task is due, and that it may not begin yet. */
function timeFacts({ status, due, notBefore }: TaskView, at: string): readonly Fact[] {
  const isOpen = status !== 'completed' && status !== 'cancelled';
  const isEarly = status === 'pending' && notBefore !== null && notBefore > at;
  return [
    ...(isOpen ? dueFacts(due, at) : []),
    ...(isEarly ? [`not before ${renderMoment(notBefore, at)}`] : []),
  ];
}

/** Says when a task is due, if it ever is: red where that is past. */
export function dueFacts(due: string | null, at: string): readonly Fact[] {
  if (due === null) return [];
  const text = renderDue(due, at);
  return [due <= at ? { text, paint: 'red' } : text];
}

/** Writes labels: `#bug #two words`. */
export function renderLabels(labels: readonly string[]): string {
  return labels.map((label) => `#${safeLine(label, 50)}`).join(' ');
}

function renderKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, blockersShown).map(renderKey);
  const more = keys.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export interface ListFrame {
  readonly session: string;
  readonly style: OutputStyle;
  /** Whether the order of the tasks was asked for. */
  readonly isSorted?: boolean;
  /** Said when nothing matches, and what to do then. */
  readonly empty: { readonly text: string; readonly hint: string };
  /** The command that shows the rest. */
  readonly more: string;
}

/** Renders a list, and apart from it what it leaves out and how to see that. */
export function renderTaskList(
  list: TaskList,
  { session, style, isSorted = false, empty, more }: ListFrame,
): ListText {
  if (list.tasks.length === 0 && list.total === 0) {
    return { text: withHint(empty.text, empty.hint, style), rest: [] };
  }
  return {
    text: renderTaskLines(list.tasks, { session, at: list.at, isSorted }, style).join('\n'),
    rest: renderRest({ ...list, shown: list.tasks.length }, more, style),
  };
}

/** Lists archived tasks under a heading of their own. */
function renderArchived(
  { tasks, total }: NonNullable<SearchAnswer['archived']>,
  at: string,
  style: OutputStyle,
): readonly string[] {
  const lines = tasks.map(({ completedAt, ...task }) => ({
    ...task,
    facts: [`${statusWords(task.status)} ${renderWhen(completedAt, at)}`],
  }));
  const heading = paint(style, 'bold', `Archived (${total})`);
  return total === 0 ? [] : [heading, ...renderLines(lines, style)];
}

/** Lists the matches, and says what was left out of them and of the search. */
export function renderSearch(
  { tasks, total, lookedAt, isCut, archived, at }: SearchAnswer,
  {
    session,
    style,
    command,
  }: {
    readonly session: string;
    readonly style: OutputStyle;
    /** The search as it was typed, to be run again with other flags. */
    readonly command: string;
  },
): ListText {
  const all = total + (archived?.total ?? 0);
  const shown = tasks.length + (archived?.tasks.length ?? 0);
  const left = { shown, total: all, totalLimit: all + 1 };
  const lines =
    all === 0
      ? ['No task has all of these words.']
      : [
          ...renderTaskLines(tasks, { session, at }, style),
          ...(archived === undefined ? [] : renderArchived(archived, at, style)),
        ];
  return {
    text: lines.join('\n'),
    rest: [
      ...renderRest(left, `${command} --limit ${Math.min(all, 10_000)}`, style),
      ...(isCut
        ? [
            `Only the newest ${lookedAt} tasks were looked at`,
            renderHint(`${command} --deep`, style),
          ]
        : []),
    ],
  };
}
