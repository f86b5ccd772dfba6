import type { TaskView } from '../../model/answers/task.ts';
import { renderKey } from '../text/key.ts';
import { markOf, signWidth } from '../text/mark.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { clipToWidth, displayWidth, padToWidth } from '../text/width.ts';

/** Columns that a title keeps beside long facts. */
const narrowestTitle = 24;
/** Columns in which the beginning of a fact still tells something. */
const narrowestFact = 8;
const indent = '  ';

/** Something that matters about a task: safe text, dim unless it says how it is painted. */
export type Fact = string | { readonly text: string; readonly paint: Paint };

/** A task as one line of a list: what every line has, and the facts that matter about this one. */
export interface TaskLine extends Pick<TaskView, 'key' | 'status' | 'title'> {
  readonly priority: number;
  readonly facts: readonly Fact[];
  /** How many containers it stands under in this list. */
  readonly depth?: number;
  /** The colour of its mark, where it is not that of its status. */
  readonly paint?: Paint | undefined;
}

/** Renders lines of a list, so that what follows the keys stands in columns. */
export function renderLines(lines: readonly TaskLine[], style: OutputStyle): readonly string[] {
  const keys = lines.map(({ key, depth = 0 }) => indent.repeat(depth) + renderKey(key));
  const keyWidth = Math.max(0, ...keys.map(displayWidth));
  return lines.map((line, index) =>
    renderLine(line, { style, key: padToWidth(keys[index] ?? '', keyWidth), keyWidth }),
  );
}

function renderLine(
  task: TaskLine,
  { style, key, keyWidth }: { style: OutputStyle; key: string; keyWidth: number },
): string {
  const { sign, paint: colour } = markOf(task.status);
  const title = safeLine(task.title, 500);
  const used = keyWidth + '  P0   '.length + signWidth;
  return [
    paint(style, 'bold', key),
    paint(style, task.priority === 0 ? 'red' : undefined, `P${task.priority}`),
    `${paint(style, task.paint ?? colour, sign)} ${renderTitle(title, task.facts, { style, used })}`,
  ].join('  ');
}

/**
 * Renders a safe title with facts behind it. On a terminal both give way, so that they fit what a
 * line has left behind `used` columns.
 */
export function renderTitle(
  title: string,
  facts: readonly Fact[],
  { style, used }: { readonly style: OutputStyle; readonly used: number },
): string {
  const left = style.width && style.width - used;
  if (left === undefined) return `${title}${renderFacts(facts, style)}`;
  const leastTitle = Math.min(narrowestTitle, displayWidth(title));
  const shown = fitFacts(facts, left - leastTitle);
  const room = Math.max(leastTitle, left - widthOf(shown));
  return `${clipToWidth(title, room)}${renderFacts(shown, style)}`;
}

/** Renders facts in parentheses behind a title. */
function renderFacts(facts: readonly Fact[], style: OutputStyle): string {
  if (facts.length === 0) return '';
  const dim = (text: string) => paint(style, 'dim', text);
  const painted = facts.map((fact) =>
    typeof fact === 'string' ? dim(fact) : paint(style, fact.paint, fact.text),
  );
  return `${dim('  (')}${painted.join(dim('; '))}${dim(')')}`;
}

/** Gives the columns of facts in their brackets. */
function widthOf(facts: readonly Fact[]): number {
  return facts.length === 0 ? 0 : displayWidth(`  (${facts.map(textOf).join('; ')})`);
}

/** Cuts facts from the end until they fit, the last one that stays in its text. */
function fitFacts(facts: readonly Fact[], room: number): readonly Fact[] {
  if (widthOf(facts) <= room) return facts;
  const [last, ...before] = facts.toReversed();
  const kept = before.toReversed();
  if (last === undefined) return [];
  const left = room - widthOf([...kept, '']);
  if (left < narrowestFact) return fitFacts(kept, room);
  const text = clipToWidth(textOf(last), left);
  return [...kept, typeof last === 'string' ? text : { ...last, text }];
}

function textOf(fact: Fact): string {
  return typeof fact === 'string' ? fact : fact.text;
}
