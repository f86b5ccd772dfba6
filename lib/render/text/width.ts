import { eastAsianWidth } from 'get-east-asian-width';

/** Characters of one column each: what most lines are. */
const plain = /^[ -~]*$/;

// The expressions that know Unicode stand in functions: V8 takes longer to read them than to measure
// all lines of a list, and most lists ask for none.

/** Matches marks that stand on the character before them, and joiners. */
function zeroWidth(): RegExp {
  return /[\p{M}\u200c\u200d]/u;
}

// Makes an emoji of the sign before it, which is a column wider then.
const asEmoji = '\ufe0f';

/** Matches emoji, and the pictographs that some terminals show in one column and some in two. */
function pictograph(): RegExp {
  return /[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\p{Emoji_Presentation}]/u;
}

/** Columns that a line takes on a terminal; rather too many than too few where terminals differ. */
export function displayWidth(line: string): number {
  if (plain.test(line)) return line.length;
  let width = 0;
  for (const character of line) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  if (character === asEmoji) return 1;
  if (zeroWidth().test(character)) return 0;
  return pictograph().test(character) ? 2 : eastAsianWidth(character.codePointAt(0) ?? 0);
}

export function padToWidth(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - displayWidth(line)));
}

/** Cuts a line to so many columns, between what reads as characters; what is cut is shown as `…`. */
export function clipToWidth(line: string, width: number): string {
  if (displayWidth(line) <= width) return line;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    used += displayWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
