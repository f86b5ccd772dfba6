import { limits } from '../../model/limits.ts';
import { type Paint, paint } from '../text/style.ts';
import { displayWidth } from '../text/width.ts';
import { cutTo, type Layout, lineOf, type NameList, renderNames } from './layout.ts';

/** Columns that a title keeps when what stands behind it is long. */
const narrowestTitle = 24;

/** The parts of a line, each safe already. */
export interface Line {
  /** Levels below the first. */
  readonly depth?: number;
  /** What the line begins with: `- `, `3. `. */
  readonly bullet?: string;
  /** A box, or another word of ours. */
  readonly sign?: string;
  readonly signPaint?: Paint | undefined;
  readonly text: string | NameList;
  readonly textPaint?: Paint | undefined;
  /** Stands around the text: `**`. */
  readonly frame?: string;
  /** Stands behind the text, in parentheses. */
  readonly tail?: string | undefined;
}

/** Joins a line. On a terminal what is behind the title gives way first, then the title. */
export function renderLine(line: Line, look: Layout): string {
  const { style } = look;
  const { bullet = '', sign = '', frame = '' } = line;
  const indent = indentOf(line.depth ?? 0, look);
  const box = sign === '' ? '' : `${sign} `;
  const before = displayWidth(indent + bullet + box) + 2 * frame.length;
  const { text, tail } = fitParts(line, before, look);
  return [
    indent,
    bullet,
    sign === '' ? '' : `${paint(style, line.signPaint, sign)} `,
    paint(style, line.textPaint, `${frame}${text}${frame}`),
    tail === '' ? '' : paint(style, 'dim', tail),
  ].join('');
}

/** Two columns a level. On a terminal deep ones leave two thirds of the width to the text. */
function indentOf(depth: number, { style }: Layout): string {
  const most = style.width === undefined ? Number.POSITIVE_INFINITY : Math.floor(style.width / 3);
  return ' '.repeat(Math.min(2 * depth, most));
}

function fitParts(
  { text, tail }: Line,
  before: number,
  look: Layout,
): { readonly text: string; readonly tail: string } {
  const whole = tail === undefined ? '' : ` (${tail})`;
  const room = look.style.width === undefined ? undefined : Math.max(4, look.style.width - before);
  if (typeof text !== 'string') return { text: renderNames(text, look, room), tail: whole };
  if (room === undefined) return { text, tail: whole };
  const tailWidth = displayWidth(whole);
  if (displayWidth(text) + tailWidth <= room) return { text, tail: whole };
  const kept = Math.min(displayWidth(text), Math.max(narrowestTitle, room - tailWidth));
  const left = room - kept - 3;
  const hasTail = tail !== undefined && left >= 4;
  return {
    text: cutTo(text, hasTail ? kept : room, look),
    tail: hasTail ? ` (${cutTo(tail, left, look)})` : '',
  };
}

/** A task's title as one line; it may be nothing that can be seen. */
export function titleOf(title: string, look: Layout, limit: number = limits.title): string {
  return lineOf(title, limit, look) || '(no title)';
}

/** `## Plan: TITLE`. */
export function headingLine(words: string, title: string, look: Layout): string {
  return renderLine({ text: `## ${words}: ${titleOf(title, look)}`, textPaint: 'bold' }, look);
}

/** Who works on it. A name holds no bracket that could end what stands around it. */
export function nameOfAgent(agent: string, look: Layout): string {
  // Brackets go first: without one between them, two harmless characters could open a tag.
  return lineOf(agent.replace(/[()[\]{}]/g, ' '), 60, look) || 'unnamed';
}
