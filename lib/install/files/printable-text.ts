/**
 * Text of files that somebody else wrote, for a terminal: what would move its cursor, end a line or
 * hide and reverse text is shown as an escape. All else, indentation and tabs too, stays as it is.
 */
export function printableLine(line: string): string {
  return line.replace(unprintable, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printableLine).join('\n');
}

// The joiners that emoji and several scripts need are kept.
const unprintable = /(?![\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
