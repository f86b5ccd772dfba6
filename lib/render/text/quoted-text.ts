import { safeLines } from './safe-text.ts';

/**
 * Text that somebody wrote, line by line behind a bar, so that none of it can pass for docket's own
 * words. Empty lines at both ends go.
 */
export function renderQuoted(text: string): readonly string[] {
  const lines = safeLines(text);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first === -1) return [];
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(first, last + 1).map((line) => `  | ${line}`.trimEnd());
}
