/**
 * Makes strangers' text safe to print in a frame that a model or a terminal reads. Whatever could
 * end a line, move the cursor, hide or reverse text goes; what could open or close a tag loses its
 * bracket.
 */

// The expressions stand in functions: V8 takes 0.2 ms to read them and longer to compile them than
// to write all of a prompt's lines, and a hook whose text is all plain never asks for one.

/**
 * Matches control characters (C0, DEL, C1: with them every escape sequence), line and paragraph
 * separators, and letters that look like a space.
 */
function breaks(): RegExp {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u115f\u1160\u3164\uffa0]+/gu;
}

/**
 * Matches format characters (bidi marks and overrides, zero-width ones, the byte-order mark, tags)
 * and the variation selectors, which can carry hidden bytes. The two selectors that choose between
 * a sign and an emoji stay, as do the joiners that emoji and several scripts need (U+200C, U+200D).
 */
function invisible(): RegExp {
  return /(?![\u200c\u200d])\p{Cf}|[\u034f\u180b-\u180d\u180f\ufe00-\ufe0d\u{e0000}-\u{e0fff}]/gu;
}

/**
 * Matches each joiner after two in a row, which could carry hidden bytes too: no emoji has more than two
 * together.
 */
function joiners(): RegExp {
  return /(?<=(?:\u200c|\u200d|\ufe0e|\ufe0f){2})(?:\u200c|\u200d|\ufe0e|\ufe0f)/gu;
}

function tagStart(): RegExp {
  return /<(?=[\s\p{M}\u200c-\u200d]*(?:[/!?\p{L}]|$))/gu;
}

/** Printable ASCII without `<`, and no two spaces together: what most lines are. */
const plain = /^(?! )(?:[!-;=-~]| (?=[!-;=-~]))*$/;

/**
 * UTF-16 units of a whole text that are shown, above all limits of docket's own. V8 puts on a stack
 * what an expression repeats, and a database may hold a text that overflows it.
 */
const mostUnits = 1_000_000;

/** Makes a text one line of at most `limit` code points; `…` shows a cut. */
export function safeLine(text: string, limit: number): string {
  // Room for pairs, and for what collapses or goes.
  const most = limit * 4 + 1_000;
  if (text.length > most) return clip(`${safeLine(cut(text, most), limit)}…`, limit);
  if (plain.test(text)) return clip(text, limit);
  const line = neutralise(text.replace(breaks(), ' ')).replace(/\s+/gu, ' ').trim();
  return clip(line, limit);
}

/**
 * Takes out of a whole text, before it is printed, what a terminal would obey or hide, whatever part
 * of it was not made safe: control and format characters but for line ends, and in colour docket's
 * own sequences.
 */
export function safeOutput(text: string, { colour }: { readonly colour: boolean }): string {
  if (/^[\n -~]*$/.test(text)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are docket's own
  const parts = colour ? text.split(/(\u001b\[\d{0,2}m)/u) : [text];
  return parts
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(/[^\n\P{Cc}]|[\u2028\u2029]/gu, '').replace(invisible(), ''),
    )
    .join('');
}

/** Makes each line of a text safe. Spaces at its end go. A last line `…` shows a cut. */
export function safeLines(text: string): readonly string[] {
  if (text.length > mostUnits) return [...safeLines(cut(text, mostUnits)), '…'];
  const lines = text.split(/\r\n|[\n\r\u2028\u2029\u0085]/u);
  return lines.map((line) => neutralise(line.replace(breaks(), ' ')).trimEnd());
}

function neutralise(text: string): string {
  return wellFormed(text).replace(invisible(), '').replace(joiners(), '').replace(tagStart(), '‹');
}

/** Replaces halves of surrogate pairs, which are no characters. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** Makes a text safe between double quotes in a tag of docket's own. */
export function safeAttribute(text: string, limit: number): string {
  return safeLine(text, limit).replaceAll('"', "'").replaceAll('<', '‹').replaceAll('>', '›');
}

/** Cuts after `units` UTF-16 units, or one before where that would halve a pair. */
function cut(text: string, units: number): string {
  return text.slice(0, units).replace(/[\ud800-\udbff]$/, '');
}

/** Cuts after `limit` code points. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text.slice(0, 2 * limit + 2)];
  return points.length <= limit ? text : `${points.slice(0, Math.max(0, limit - 1)).join('')}…`;
}

/**
 * Puts a bar before each line that somebody wrote, so that none of it can pass for docket's own
 * words. Empty lines at both ends go.
 */
export function renderQuoted(text: string): readonly string[] {
  const lines = safeLines(text);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first === -1) return [];
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(first, last + 1).map((line) => `  | ${line}`.trimEnd());
}
