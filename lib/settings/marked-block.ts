import { DocketError } from '../model/errors.ts';

const begin = '<!-- docket:begin';
const beginLine = `${begin} (docket wrote this block, docket uninstall removes it) -->`;
const endLine = '<!-- docket:end -->';

interface FoundBlock {
  readonly start: number;
  readonly end: number;
  readonly newline: string;
}

/**
 * Puts docket's block at the end of a Markdown file (undefined: there is none), or in place of an
 * older block. The addition is the block with one line break before and one after, whatever the
 * file ends with; removal takes exactly that out.
 */
export function addMarkedBlock(text: string | undefined, block: string): string {
  if (block.includes(begin) || block.includes(endLine)) {
    throw new DocketError('internal', 'a marked block must not contain its own markers');
  }
  const found = findBlock(text ?? '');
  const newline = found?.newline ?? (text?.includes('\r\n') ? '\r\n' : '\n');
  const marked = [beginLine, ...block.trim().split(/\r?\n/), endLine].join(newline);
  if (text !== undefined && found !== undefined) {
    return text.slice(0, found.start) + marked + text.slice(found.end);
  }
  return (text === undefined ? '' : text + newline) + marked + newline;
}

/** Takes docket's block out again. Undefined: the file held nothing else and can be deleted. */
export function removeMarkedBlock(text: string): string | undefined {
  const found = findBlock(text);
  if (found === undefined) {
    return text;
  }
  const before = text.slice(0, found.start);
  const after = text.slice(found.end).replace(/^\r?\n/, '');
  const isAll = before === '' && after === '';
  return isAll ? undefined : withoutEnd(before, found.newline) + after;
}

/** Finds the block from its first marker to the end of its last, without the line breaks around. */
function findBlock(text: string): FoundBlock | undefined {
  const lines = unquotedLines(text);
  const begins = lines.filter(({ words }) => /^<!-- docket:begin[^>\r]*-->$/.test(words));
  const [first, second] = begins;
  if (first === undefined) {
    return undefined;
  }
  const last = lines.find(({ words, start }) => words === endLine && start > first.start);
  if (last === undefined || (second !== undefined && second.start < last.start)) {
    const line = text.slice(0, first.start).split('\n').length;
    throw new DocketError(
      'invalid_settings',
      `docket's block begins at line ${line} and has no end`,
      { hint: `Put ${endLine} after the block, or delete it by hand, then run this again.` },
    );
  }
  const isWide = text.startsWith('\r\n', first.start + first.words.length);
  return {
    start: first.start,
    end: last.start + last.words.length,
    newline: isWide ? '\r\n' : '\n',
  };
}

interface Line {
  readonly start: number;
  /** The line without the white space at its end. */
  readonly words: string;
}

const fence = /^[ \t>]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/**
 * Lists the lines outside fenced code: one that quotes docket's block in a code block writes about
 * it. A fence that never ends counts as text, or the block behind it would not be found.
 */
function unquotedLines(text: string): readonly Line[] {
  const found: Line[] = [];
  let quoted: { readonly mark: string; readonly from: number } | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    const words = line.trimEnd();
    const [, mark = '', rest = ''] = fence.exec(words) ?? [];
    found.push({ start, words });
    start += line.length + 1;
    if (mark === '') continue;
    if (quoted === undefined) quoted = { mark, from: found.length };
    else if (mark.startsWith(quoted.mark) && rest === '') {
      found.length = quoted.from;
      quoted = undefined;
    }
  }
  return found;
}

function withoutEnd(text: string, newline: string): string {
  return text.endsWith(newline) ? text.slice(0, -newline.length) : text;
}
