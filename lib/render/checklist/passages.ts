import { clip, safeLines } from '../text/safe-text.ts';
import { displayWidth } from '../text/width.ts';
import { cutTo, inLayout, type Layout } from './layout.ts';

const passagesShown = 12;
const linesShown = 30;

/** Code points of a line. */
const longestLine = 400;

const fence = /^\s{0,3}(```+|~~~+)/;

/**
 * Quotes texts that people or agents wrote: a text of one line as an item, a longer one by itself
 * with its code blocks. The bar before each line keeps them from passing for docket's words.
 */
export function renderPassages(texts: readonly string[], layout: Layout): readonly string[] {
  const shown = texts.slice(0, passagesShown).map((text) => passageLines(text));
  const lines: string[] = [];
  for (const [index, passage] of shown.entries()) {
    const isLong = passage.length > 1;
    const wasLong = (shown[index - 1]?.length ?? 1) > 1;
    if (index > 0 && (isLong || wasLong)) lines.push('');
    lines.push(...(isLong ? passage : passage.map((line) => `- ${line}`)));
  }
  const left = texts.length - shown.length;
  return [...lines.map((line) => quote(line, layout)), ...(left > 0 ? ['', `+${left} more`] : [])];
}

function passageLines(text: string): readonly string[] {
  const lines = trimEmpty(safeLines(text)).map((line) => clip(line, longestLine));
  const shown = lines.slice(0, linesShown);
  const left = lines.length - shown.length;
  return [
    ...closeFence(withoutHeadings(shown)),
    ...(left > 0 ? [`(+${left} more line${left === 1 ? '' : 's'})`] : []),
  ];
}

function trimEmpty(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first === -1 ? ['(empty)'] : lines.slice(first, last + 1);
}

/** A heading behind the signs of quotes and items; four columns in, it is code. */
const heading =
  /^(?! {4}|\t)((?:[ \t]*(?:>|[-*+]|\d{1,9}[.)]))*[ \t]*)#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const underline = /^ {0,3}(=+|-+)[ \t]*$/;

/** Makes headings lines of their own in italics: the summary's headings are docket's alone. */
function withoutHeadings(lines: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let open: string | undefined;
  for (const line of lines) {
    const mark = fence.exec(line)?.[1];
    const isCode = open !== undefined || mark !== undefined;
    if (open === undefined) open = mark;
    else if (mark?.startsWith(open)) open = undefined;
    const [, signs = '', text = ''] = isCode ? [] : (heading.exec(line) ?? []);
    if (text !== '') {
      // The empty line below keeps a rule there from making a heading of it again.
      if ((shown.at(-1) ?? '') !== '') shown.push('');
      shown.push(`${signs}*${boldText(text)}*`, '');
    } else if (!isCode && underline.test(line) && isText(shown.at(-1) ?? '')) {
      shown.splice(-1, 1, `*${boldText((shown.at(-1) ?? '').trim())}*`, '');
    } else if (line !== '' || isCode || shown.at(-1) !== '') shown.push(line);
  }
  return trimEmpty(shown);
}

/** Whether a line can be the text of a heading that a line below it makes. */
function isText(line: string): boolean {
  return line.trim() !== '' && !/^\s*(?:>|(?:[-*+]|\d+[.)])\s|```|~~~)/.test(line);
}

/** Ends a code block that is cut or was never closed. */
function closeFence(lines: readonly string[]): readonly string[] {
  let open: string | undefined;
  for (const line of lines) {
    const mark = fence.exec(line)?.[1];
    if (mark === undefined) continue;
    if (open === undefined) open = mark;
    else if (mark.startsWith(open)) open = undefined;
  }
  return open === undefined ? lines : [...lines, open];
}

/**
 * Puts a bar before a line. A terminal cuts the line rather than breaking it, so that the bar
 * stands before all of it.
 */
function quote(line: string, layout: Layout): string {
  const text = inLayout(line === '' ? '>' : `> ${line}`, layout);
  const { width } = layout.style;
  return width === undefined || displayWidth(text) <= width ? text : cutTo(text, width, layout);
}

/**
 * Escapes text that stands between two `**`: no star in it and no backslash at its end ends the
 * bold type early.
 */
export function boldText(line: string): string {
  return /\*|\\$/.test(line) ? line.replace(/[*\\]/g, '\\$&') : line;
}
