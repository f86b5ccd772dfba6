import type { SearchAnswer } from '../../model/answers/search.ts';
import type { TaskList, TaskView } from '../../model/answers/task.ts';
import { renderKey } from '../text/key.ts';
import { markOf } from '../text/mark.ts';
import { safeLine } from '../text/safe-text.ts';
import { renderRest } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { clipToWidth, displayWidth, padToWidth } from '../text/width.ts';
import { type RenderContext, renderClaim } from './claim.ts';

const narrowestTitle = 24;
const blockersShown = 4;

/**
 * Lists tasks, one line each: key, priority, status, title, and what matters about it. A subtask
 * names its container, unless that is listed too or is `under`. On a terminal titles give way so
 * that each line fits.
 */
export function renderTaskLines(
  tasks: readonly TaskView[],
  context: RenderContext & { readonly under?: string },
  style: OutputStyle,
): readonly string[] {
  const known = new Set([...tasks.map(({ key }) => key), context.under]);
  return renderLines(
    tasks.map((task) => {
      const isPlaced = task.parent === null || known.has(task.parent);
      const place = isPlaced
        ? []
        : [`part of ${safeLine(task.parentTitle ?? task.parent ?? '', 60)}`];
      return { ...task, facts: [...place, ...factsOf(task, context)] };
    }),
    style,
  );
}

/** A task as one line of a list: what every line has, and the facts that matter about this one. */
export interface TaskLine extends Pick<TaskView, 'key' | 'status' | 'title'> {
  readonly priority: number;
  readonly facts: readonly string[];
}

/** Renders lines of a list whose keys stand in one column. */
export function renderLines(lines: readonly TaskLine[], style: OutputStyle): readonly string[] {
  const keyWidth = Math.max(0, ...lines.map(({ key }) => displayWidth(renderKey(key))));
  return lines.map((line) => renderLine(line, { style, keyWidth }));
}

function renderLine(
  task: TaskLine,
  { style, keyWidth }: { style: OutputStyle; keyWidth: number },
): string {
  const { sign, paint: colour } = markOf(task.status);
  const key = padToWidth(renderKey(task.key), keyWidth);
  const facts = task.facts.join('; ');
  const tail = facts === '' ? '' : `  (${facts})`;
  const title = safeLine(task.title, 500);
  const fixed = keyWidth + displayWidth(`  P0  ${sign} ${tail}`);
  const room =
    style.width === undefined ? undefined : Math.max(narrowestTitle, style.width - fixed);
  return [
    paint(style, 'bold', key),
    paint(style, task.priority === 0 ? 'red' : undefined, `P${task.priority}`),
    `${paint(style, colour, sign)} ${room === undefined ? title : clipToWidth(title, room)}${paint(style, 'dim', tail)}`,
  ].join('  ');
}

function factsOf(task: TaskView, context: RenderContext): readonly string[] {
  const facts: string[] = [];
  if (task.claim !== null) facts.push(renderClaim(task.claim, context));
  if (task.blockedReason !== null) facts.push(`blocked: ${safeLine(task.blockedReason, 80)}`);
  if (task.blockers.length > 0 && task.status === 'pending') {
    facts.push(`needs ${renderKeys(task.blockers)}`);
  }
  if (task.subtaskCount > 0) {
    facts.push(`${task.subtaskCount} subtask${task.subtaskCount === 1 ? '' : 's'}`);
  }
  return facts;
}

function renderKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, blockersShown).map(renderKey);
  const more = keys.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Renders a list with a last line that says what it leaves out, and how to see that. */
export function renderTaskList(list: TaskList, { session, style, empty, more }: ListFrame): string {
  if (list.tasks.length === 0 && list.total === 0) return empty;
  const context: RenderContext = { session, at: list.at };
  return [
    ...renderTaskLines(groupByParent(list.tasks), context, style),
    ...renderRest({ ...list, shown: list.tasks.length }, more),
  ].join('\n');
}

/** Puts subtasks under their container, where both are shown; other tasks keep their order. */
function groupByParent(tasks: readonly TaskView[]): readonly TaskView[] {
  const keys = new Set(tasks.map(({ key }) => key));
  const children = new Map<string, TaskView[]>();
  for (const task of tasks) {
    if (task.parent !== null && keys.has(task.parent)) {
      children.set(task.parent, [...(children.get(task.parent) ?? []), task]);
    }
  }
  function withChildren(task: TaskView): readonly TaskView[] {
    const own = [...(children.get(task.key) ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
    return [task, ...own.flatMap(withChildren)];
  }
  return tasks.filter(({ parent }) => parent === null || !keys.has(parent)).flatMap(withChildren);
}

export interface ListFrame {
  readonly session: string;
  readonly style: OutputStyle;
  /** Said when nothing matches. */
  readonly empty: string;
  /** The command that shows the rest. */
  readonly more: string;
}

/** Lists the matches, and says what was left out of them and of the search. */
export function renderSearch(
  { tasks, total, lookedAt, isCut, at }: SearchAnswer,
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
): string {
  const left = total - tasks.length;
  return [
    ...(total === 0 ? ['No task has all of these words.'] : []),
    ...renderTaskLines(tasks, { session, at }, style),
    ...(left > 0 ? [`+${left} more: ${command} --limit ${Math.min(total, 10_000)}`] : []),
    ...(isCut ? [`Only the newest ${lookedAt} tasks were looked at; all: ${command} --deep`] : []),
  ].join('\n');
}
