/**
 * Makes a line of a stranger's file safe for a terminal: characters that move its cursor, end a
 * line, or hide and reverse text become escapes. All else, indentation and tabs too, stays as it is.
 */
export function printableLine(line: string): string {
  return line.replace(unprintable, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Makes several lines safe, as `printableLine` does. */
export function printableLines(text: string): string {
  return text.split('\n').map(printableLine).join('\n');
}

// The joiners that emoji and several scripts need are kept.
const unprintable = /(?![\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
