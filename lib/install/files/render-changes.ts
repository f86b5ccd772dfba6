import { type FileChange, renderChanges } from './file-change.ts';
import { printableLine, printableLines } from './printable-text.ts';

/** Renders what happened to each file, or, in a dry run, the diff of everything. */
export function renderFileChanges(
  changes: readonly FileChange[],
  { folder, dryRun }: { folder: string; dryRun: boolean },
): string {
  if (changes.length === 0) return 'Nothing to change.';
  if (dryRun) return printableLines(renderChanges(changes, folder).trimEnd());
  return changes.map((change) => `${verbOf(change)} ${printableLine(change.path)}`).join('\n');
}

/** The `--json` answer about each file. */
export function viewFileChanges(changes: readonly FileChange[]) {
  return changes.map((change) => ({ path: change.path, change: verbOf(change).toLowerCase() }));
}

function verbOf({ before, after }: FileChange): 'Wrote' | 'Changed' | 'Removed' {
  if (after === undefined) return 'Removed';
  return before === undefined ? 'Wrote' : 'Changed';
}
