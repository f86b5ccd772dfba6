import { type OutputStyle, type Paint, paint } from './style.ts';
import { displayWidth } from './width.ts';

/** A piece of safe text with one colour. */
export interface Span {
  readonly text: string;
  readonly paint?: Paint | undefined;
}

/** How text is broken. */
export interface Wrapping {
  readonly style: OutputStyle;
  /** Columns that what goes on stands further in. */
  readonly hang: number;
  /** The number of lines, after which it is cut; any by default. */
  readonly most?: number | undefined;
}

/**
 * Breaks painted text into lines of the terminal's width, at spaces where a word fits. In a file or a
 * pipe it stays one line.
 */
export function wrapSpans(
  spans: readonly Span[],
  { style, hang, most = Number.POSITIVE_INFINITY }: Wrapping,
): readonly string[] {
  const text = spans.map((span) => span.text).join('');
  const width = style.width ?? Number.POSITIVE_INFINITY;
  // On a very narrow terminal the text counts for more than where it stands.
  const indent = ' '.repeat(Math.min(hang, Math.max(0, Math.floor(width / 2))));
  const all = breakLines(text, { first: width, next: width - indent.length });
  const lines = all.slice(0, most);
  return lines.map((line, index) => {
    const own = index === 0 ? '' : indent;
    if (index < lines.length - 1 || all.length === lines.length) {
      return `${own}${paintRange(spans, line, style)}`;
    }
    const to = fitFrom(text, line.from, Math.max(1, width - own.length - 1));
    return `${own}${paintRange(spans, { ...line, to }, style).trimEnd()}…`;
  });
}

/** A line as the units of a text from one to before another. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function breakLines(
  text: string,
  { first, next }: { readonly first: number; readonly next: number },
): readonly Range[] {
  const lines: Range[] = [];
  let from = 0;
  for (;;) {
    const end = fitFrom(text, from, lines.length === 0 ? first : next);
    if (end === text.length) return [...lines, { from, to: end }];
    const space = text.lastIndexOf(' ', end);
    const to = text.slice(from, Math.max(from, space)).trim() === '' ? end : space;
    lines.push({ from, to: from + text.slice(from, to).trimEnd().length });
    from = to + (/^ +/.exec(text.slice(to))?.[0].length ?? 0);
  }
}

/** Finds the end of what fits into so many columns; it is one sign at least. */
function fitFrom(text: string, from: number, columns: number): number {
  const rest = text.slice(from);
  if (displayWidth(rest) <= columns) return text.length;
  let end = from;
  let used = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(rest)) {
    used += displayWidth(segment);
    if (used > columns && end > from) break;
    end += segment.length;
  }
  return end;
}

function paintRange(spans: readonly Span[], { from, to }: Range, style: OutputStyle): string {
  let at = 0;
  return spans
    .map(({ text, paint: colour }) => {
      const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
      at += text.length;
      return part === '' ? '' : paint(style, colour, part);
    })
    .join('');
}
