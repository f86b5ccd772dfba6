import type { OverviewAnswer, OverviewHeld } from '../../model/answers/overview.ts';
import { type RenderContext, renderClaim } from '../task/claim.ts';
import { type Fact, renderLines, type TaskLine } from '../task/line.ts';
import { dueFacts } from '../task/list.ts';
import { renderAgo } from '../text/age.ts';
import { renderHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { markOf } from '../text/mark.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderWho } from '../text/who.ts';
import { clipToWidth, displayWidth } from '../text/width.ts';
import { renderProgressBar } from './bars.ts';

/** A part of an overview: lines that give way from the end, and what is said below them. */
export interface OverviewSection {
  readonly title: string;
  readonly paint?: Paint;
  /** How many there are in all, as text: counting stops at a limit. */
  readonly total: string;
  readonly lines: readonly string[];
  /** Says what stands below the first `shown` lines. */
  below(shown: number): readonly string[];
}

/** How an overview is shown, and to whom. */
export interface OverviewContext extends RenderContext {
  readonly style: OutputStyle;
  /** Whether bars are of ASCII letters. */
  readonly ascii: boolean;
  readonly totalLimit: number;
}

/** Makes the parts of an overview that have something in them, in their order. */
export function makeSections(
  overview: OverviewAnswer,
  context: OverviewContext,
): readonly OverviewSection[] {
  const { mine, others, abandoned, blocked, ready, finished } = overview;
  const listed = (title: string, part: Part, options: ListedOptions) =>
    listedSection(title, part, { ...options, context });
  const inProgress = 'docket list --status in_progress';
  const [first] = abandoned.tasks;
  return [
    listed('Yours', mine, {
      paint: 'green',
      lines: held(mine.tasks, 'green', context),
      more: inProgress,
    }),
    listed('Others', others, {
      paint: 'cyan',
      lines: held(others.tasks, 'cyan', context),
      more: inProgress,
    }),
    listed('Abandoned', abandoned, {
      paint: 'yellow',
      lines: held(abandoned.tasks, 'yellow', context),
      more: inProgress,
      hint: first && `docket claim ${renderKey(first.key)} --steal`,
    }),
    unseenSection(overview, context),
    listed('Blocked', blocked, {
      paint: 'red',
      more: 'docket list --status blocked',
      lines: blocked.tasks.map((task) => ({
        ...{ ...task, status: 'blocked' },
        facts: [
          ...[
            safeLine(task.reason, 200),
            ...(task.since === null ? [] : [ago(task.since, context)]),
          ],
          ...(task.claim === null ? [] : [renderClaim(task.claim, context)]),
          ...dueFacts(task.due, context.at),
          ...place(task),
        ],
      })),
    }),
    listed('Ready', ready, {
      more: 'docket ready',
      lines: ready.tasks.map((task) => ({
        ...{ ...task, status: 'pending' },
        facts: [...dueFacts(task.due, context.at), ...place(task)],
      })),
    }),
    plansSection(overview, context),
    listed('Finished today', finished, {
      more: 'docket list --status completed --sort updated',
      lines: finished.tasks.map((task) => ({
        ...{ ...task, status: 'completed' },
        facts: [
          `${whoFinished(task.by, context)}${ago(task.completedAt, context)}`,
          ...(task.outcome === null ? [] : [safeLine(task.outcome, 200)]),
        ],
      })),
    }),
  ].filter((section) => section.lines.length > 0 || section.below(0).length > 0);
}

interface Part {
  readonly total: number;
  readonly tasks: readonly unknown[];
}

interface ListedOptions {
  readonly paint?: Paint;
  readonly lines: readonly TaskLine[];
  /** The command that shows all. */
  readonly more: string;
  readonly hint?: string | undefined;
}

function listedSection(
  title: string,
  { total }: Part,
  { lines, more, hint, context, ...options }: ListedOptions & { readonly context: OverviewContext },
): OverviewSection {
  const { style, totalLimit } = context;
  const sign = total >= totalLimit ? '+' : '';
  return {
    ...{ title, ...options, total: `${total}${sign}` },
    lines: renderLines(fitFacts(lines, style), style),
    below: (shown) => [
      ...(total > shown ? [paint(style, 'dim', `+${total - shown}${sign} more: ${more}`)] : []),
      ...(hint === undefined ? [] : [renderHint(hint, style)]),
    ],
  };
}

/** Counts tasks in progress of which nobody has looked whose they are. */
function unseenSection(
  { inProgress, mine, others, abandoned }: OverviewAnswer,
  { totalLimit, style }: OverviewContext,
): OverviewSection {
  const unseen = inProgress - mine.total - others.total - abandoned.total;
  const sign = inProgress >= totalLimit ? '+' : '';
  const how = 'docket list --status in_progress';
  return {
    ...{ title: 'In progress as well', total: `${unseen}${sign}`, lines: [] },
    below: () => (unseen > 0 ? [paint(style, 'dim', `+${unseen}${sign} more: ${how}`)] : []),
  };
}

function plansSection(
  { plans: { tasks, total, isAtLeast } }: OverviewAnswer,
  { style, ascii }: OverviewContext,
): OverviewSection {
  const rows = tasks.map(({ key, title, priority, status, done, total: steps }) => [
    { text: renderKey(key), paint: 'bold' as const },
    priority === 0 ? { text: 'P0', paint: 'red' as const } : `P${priority}`,
    `${markOf(status).sign} ${safeLine(title, 500)}`,
    renderProgressBar({ done, total: steps }, { ascii }),
    `${done} of ${steps}`,
  ]);
  const how = 'docket list --status in_progress';
  return {
    ...{ title: 'Plans', total: `${total}${isAtLeast ? '+' : ''}` },
    lines: renderRows(rows, [{}, {}, { gives: true }, {}, {}], style),
    below(shown) {
      const left = total - shown;
      if (left === 0 && !isAtLeast) return [];
      const count = left === 0 ? 'there may be more' : `+${left} ${isAtLeast ? 'or more' : 'more'}`;
      return [paint(style, 'dim', `${count}: ${how}`)];
    },
  };
}

function held(
  tasks: readonly OverviewHeld[],
  paint: Paint,
  context: OverviewContext,
): readonly TaskLine[] {
  return tasks.map((task) => ({
    ...{ ...task, status: 'in_progress', paint },
    facts: [
      renderClaim(task.claim, context),
      ...dueFacts(task.due, context.at),
      ...place(task),
      ...(task.lastNote === null ? [] : [`last note: ${safeLine(task.lastNote, 120)}`]),
    ],
  }));
}

/** Names the plan that a task is part of. */
function place({ parent, parentTitle }: Pick<OverviewHeld, 'parent' | 'parentTitle'>) {
  return parent === null ? [] : [`part of ${safeLine(parentTitle ?? parent, 60)}`];
}

function whoFinished(
  by: OverviewAnswer['finished']['tasks'][number]['by'],
  { session }: RenderContext,
): string {
  if (by === null) return '';
  return `${by.session === session ? 'you' : renderWho(by)}, `;
}

function ago(time: string, { at }: RenderContext): string {
  return renderAgo(time, at);
}

/** Columns that a title keeps beside all that is said, and beside the first of it. */
const narrowestTitle = { besideAll: 24, besideFirst: 12 } as const;

/** Cuts what is said about tasks so that on a terminal each line fits beside a short title. */
function fitFacts(lines: readonly TaskLine[], { width }: OutputStyle): readonly TaskLine[] {
  if (width === undefined) return lines;
  const keys = Math.max(0, ...lines.map(({ key }) => displayWidth(renderKey(key))));
  const shared = width - keys - displayWidth('  P0  [ ]   ()');
  return lines.map((line) => {
    const [first, ...more] = line.facts.map(textOf);
    if (first === undefined) return line;
    const title = safeLine(line.title, 500);
    const roomBeside = (most: number) => shared - Math.min(most, displayWidth(title));
    const room = roomBeside(narrowestTitle.besideAll);
    const whole = [first, ...more].join('; ');
    const short = more.length === 0 ? first : `${first}; …`;
    // Who holds a task, or why it is blocked, is worth more than its title.
    if (displayWidth(whole) <= room) return line;
    if (displayWidth(short) <= room) return { ...line, facts: [clipToWidth(whole, room)] };
    const fact = clipToWidth(short, Math.max(1, roomBeside(narrowestTitle.besideFirst)));
    return { ...line, facts: [fact], title: clipToWidth(title, shared - displayWidth(fact)) };
  });
}

function textOf(fact: Fact): string {
  return typeof fact === 'string' ? fact : fact.text;
}
