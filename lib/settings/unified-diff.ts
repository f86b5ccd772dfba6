import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';

/**
 * Renders a unified diff that `patch` and `git apply` take; undefined is a file that does not
 * exist.
 */
export function renderDiff(
  before: string | undefined,
  after: string | undefined,
  path: string,
): string {
  if (before === after) return '';
  const patch = structuredPatch(path, path, before ?? '', after ?? '', '', '', { context: 3 });
  const header = [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n`,
    `+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`,
  ].join('');
  // An empty file that comes or goes has no lines to show.
  return patch.hunks.length === 0 ? header : header + formatPatch(patch, OMIT_HEADERS);
}
