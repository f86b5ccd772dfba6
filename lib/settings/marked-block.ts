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
  const start = markerAt(text, begin, { from: 0 });
  if (start === undefined) {
    return undefined;
  }
  const last = markerAt(text, endLine, { from: start });
  const second = markerAt(text, begin, { from: start + begin.length });
  if (last === undefined || (second !== undefined && second < last)) {
    const line = text.slice(0, start).split('\n').length;
    throw new DocketError(
      'invalid_settings',
      `docket's block begins at line ${line} and has no end`,
      { hint: `Put ${endLine} after the block, or delete it by hand, then run this again.` },
    );
  }
  const firstLine = text.slice(start, text.indexOf('\n', start) + 1);
  return {
    start,
    end: last + endLine.length,
    newline: firstLine.endsWith('\r\n') ? '\r\n' : '\n',
  };
}

/** Finds where a line begins with `marker`. */
function markerAt(
  text: string,
  marker: string,
  options: { readonly from: number },
): number | undefined {
  let at = text.indexOf(marker, options.from);
  while (at > 0 && text[at - 1] !== '\n') {
    at = text.indexOf(marker, at + 1);
  }
  return at === -1 ? undefined : at;
}

function withoutEnd(text: string, newline: string): string {
  return text.endsWith(newline) ? text.slice(0, -newline.length) : text;
}
