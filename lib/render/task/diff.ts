import {
  type DiffAnswer,
  type DiffKind,
  diffKinds,
  type TaskDiff,
} from '../../model/answers/diff.ts';
import { renderTime } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { type ListText, renderRest } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderNotKnown } from './as-of.ts';
import type { RenderContext } from './claim.ts';
import { fieldName, valueText } from './history.ts';
import { renderLines } from './line.ts';
import { taskLine } from './list.ts';

const titles: Readonly<Record<DiffKind, string>> = {
  completed: 'Completed',
  cancelled: 'Cancelled',
  new: 'New',
  reopened: 'Open again',
  blocked: 'Blocked',
  claimed: 'Claimed',
  released: 'Given up',
  unblocked: 'No longer blocked',
  ready: 'Ready now',
  waiting: 'Waiting now',
  moved: 'Moved',
  changed: 'Changed',
  around: 'Changed around them',
};

interface Frame {
  readonly session: string;
  readonly style: OutputStyle;
  /** The command that shows the rest. */
  readonly more: string;
}

/** Tells what changed between two moments, by what became of the tasks; each task stands once. */
export function renderDiff(answer: DiffAnswer, { session, style, more }: Frame): ListText {
  const { from, to, tasks, counts, total } = answer;
  const heading = paint(style, 'bold', `From ${startOf(from)} to ${renderTime(to.at)}`);
  const events = paint(style, 'dim', `, events ${from.seq + 1} to ${to.seq}`);
  const sections = diffKinds.flatMap((kind) => {
    const own = tasks.filter((task) => task.kind === kind);
    if (own.length === 0) return [];
    const title = `${titles[kind]} (${counts[kind] ?? own.length})`;
    const context = { session, at: to.at };
    return ['', paint(style, 'bold', title), ...diffLines(own, context, style)];
  });
  return {
    text:
      total === 0
        ? `${heading}\nNothing changed.`
        : [`${heading}${from.seq < to.seq ? events : ''}`, ...sections].join('\n'),
    rest: [
      ...renderRest({ shown: tasks.length, total, totalLimit: total + 1 }, more, style),
      ...renderNotKnown(from),
    ],
  };
}

/** What is before the first event, as `docket diff 0`, has no time of its own. */
function startOf({ at }: DiffAnswer['from']): string {
  return Date.parse(at) === 0 ? 'the beginning' : renderTime(at);
}

function diffLines(
  tasks: readonly TaskDiff[],
  context: RenderContext,
  style: OutputStyle,
): readonly string[] {
  const lines = tasks.map((diff) => {
    const { facts, ...line } = taskLine(diff.after, {
      ...context,
      isPlaced: diff.after.parent === null,
    });
    return { ...line, facts: [...changeFacts(diff), ...facts] };
  });
  return renderLines(lines, style);
}

/** The fields that the line of a task tells as they are, or its section. */
const told: ReadonlySet<string> = new Set([
  ...['status', 'claim', 'startedAt', 'completedAt', 'billableMinutesBy', 'blockedReason'],
  ...['progress', 'blockers', 'ready', 'subtaskCount', 'parent', 'parentTitle'],
]);

function changeFacts({ changes }: TaskDiff): readonly string[] {
  return changes
    .filter(({ field }) => !told.has(field))
    .map(({ field, from, to }) => {
      if (field === 'key') return `was ${renderKey(String(from))}`;
      const isNew = from === null || from === '' || (Array.isArray(from) && from.length === 0);
      const after = valueText(to);
      return `${fieldName(field)} ${isNew ? after : `${valueText(from)} -> ${after}`}`;
    });
}
