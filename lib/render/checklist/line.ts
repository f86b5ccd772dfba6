import type { ChecklistItem } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { limits } from '../../model/limits.ts';
import { markOf } from '../text/mark.ts';
import { type Paint, paint } from '../text/style.ts';
import { displayWidth } from '../text/width.ts';
import {
  countItems,
  cutTo,
  type Detail,
  keepItems,
  type Layout,
  lineOf,
  type NameList,
  renderNames,
  signOf,
} from './layout.ts';

/** Columns that a title keeps beside a long tail. */
const narrowestTitle = 24;

/** The parts of a line, each of them safe text. */
export interface Line {
  /** Levels below the first. */
  readonly depth?: number;
  /** Begins the line: `- `, `3. `. */
  readonly bullet?: string;
  /** A box, or another sign of docket's own. */
  readonly sign?: string;
  readonly signPaint?: Paint | undefined;
  readonly text: string | NameList;
  readonly textPaint?: Paint | undefined;
  /** Stands around the text: `**`. */
  readonly frame?: string;
  /** Stands behind the text, in parentheses. */
  readonly tail?: string | undefined;
}

/** Joins a line. On a terminal the tail gives way first, then the title. */
export function renderLine(line: Line, layout: Layout): string {
  const { style } = layout;
  const { bullet = '', sign = '', frame = '' } = line;
  const indent = indentOf(line.depth ?? 0, layout);
  const box = sign === '' ? '' : `${sign} `;
  const before = displayWidth(indent + bullet + box) + 2 * frame.length;
  const { text, tail } = fitParts(line, before, layout);
  return [
    indent,
    bullet,
    sign === '' ? '' : `${paint(style, line.signPaint, sign)} `,
    paint(style, line.textPaint, `${frame}${text}${frame}`),
    tail === '' ? '' : paint(style, 'dim', tail),
  ].join('');
}

/**
 * Indents by two columns a level. On a terminal deep levels leave two thirds of the width to the
 * text.
 */
function indentOf(depth: number, { style }: Layout): string {
  const most = style.width === undefined ? Number.POSITIVE_INFINITY : Math.floor(style.width / 3);
  return ' '.repeat(Math.min(2 * depth, most));
}

function fitParts(
  { text, tail }: Line,
  before: number,
  layout: Layout,
): { readonly text: string; readonly tail: string } {
  const whole = tail === undefined ? '' : ` (${tail})`;
  const room =
    layout.style.width === undefined ? undefined : Math.max(4, layout.style.width - before);
  if (typeof text !== 'string') return { text: renderNames(text, layout, room), tail: whole };
  if (room === undefined) return { text, tail: whole };
  const tailWidth = displayWidth(whole);
  if (displayWidth(text) + tailWidth <= room) return { text, tail: whole };
  const kept = Math.min(displayWidth(text), Math.max(narrowestTitle, room - tailWidth));
  const left = room - kept - 3;
  const hasTail = tail !== undefined && left >= 4;
  return {
    text: cutTo(text, hasTail ? kept : room, layout),
    tail: hasTail ? ` (${cutTo(tail, left, layout)})` : '',
  };
}

/** Renders a task's title as one line; a title without visible letters is named as such. */
export function titleOf(title: string, layout: Layout, limit: number = limits.title): string {
  return lineOf(title, limit, layout) || '(no title)';
}

/** Renders a heading, with the client that the work is for: `## Plan: TITLE (acme)`. */
export function headingLine(
  words: string,
  { title, client }: Pick<Checklist, 'title' | 'client'>,
  layout: Layout,
): string {
  const text = `## ${words}: ${titleOf(title, layout)}`;
  const tail = client === null ? undefined : nameOfAgent(client, layout);
  return renderLine({ text, textPaint: 'bold', tail }, layout);
}

/** Renders an agent's name without brackets, which could end what stands around it. */
export function nameOfAgent(agent: string, layout: Layout): string {
  // Brackets go first: without one between them, two harmless characters could open a tag.
  return lineOf(agent.replace(/[()[\]{}]/g, ' '), 60, layout) || 'unnamed';
}

/** How a view shows each item of the tree. */
export interface ItemView {
  /** Stands before the title. */
  readonly label?: (item: ChecklistItem) => string;
  /** Stands behind the title, in parentheses. */
  readonly tail: (item: ChecklistItem) => string | undefined;
  /** Stand below the item. */
  readonly details?: (item: ChecklistItem) => readonly Detail[];
}

/** Renders items as a nested Markdown checklist, and counts items where it leaves some out. */
export function renderItems(
  items: readonly ChecklistItem[],
  view: ItemView,
  layout: Layout,
): readonly string[] {
  return renderLevel(items, 0, { view, layout, kept: keepItems(items) });
}

interface Drawing {
  readonly view: ItemView;
  readonly layout: Layout;
  readonly kept: ReadonlySet<string>;
}

function renderLevel(
  items: readonly ChecklistItem[],
  depth: number,
  drawing: Drawing,
): readonly string[] {
  const lines: string[] = [];
  let left: ChecklistItem[] = [];
  function tellLeft() {
    if (left.length === 0) return;
    const text = `+${countItems(left)} more`;
    lines.push(renderLine({ depth, bullet: '- ', text, textPaint: 'dim' }, drawing.layout));
    left = [];
  }
  for (const item of items) {
    if (drawing.kept.has(item.key)) {
      tellLeft();
      lines.push(...renderItem(item, depth, drawing));
    } else {
      left.push(item);
    }
  }
  tellLeft();
  return lines;
}

function renderItem(item: ChecklistItem, depth: number, drawing: Drawing): readonly string[] {
  const { view, layout } = drawing;
  const line = {
    depth,
    bullet: '- ',
    sign: signOf(item.status, layout),
    signPaint: markOf(item.status).paint,
    text: `${view.label?.(item) ?? ''}${titleOf(item.title, layout)}`,
    tail: view.tail(item),
  };
  const details = view.details?.(item) ?? [];
  return [
    renderLine(line, layout),
    ...details.map((text) =>
      renderLine({ depth: depth + 1, bullet: '- ', text, textPaint: 'dim' }, layout),
    ),
    ...renderLevel(item.items, depth + 1, drawing),
  ];
}
