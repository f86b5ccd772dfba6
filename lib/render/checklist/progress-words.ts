import type { ChecklistProgress } from '../../model/checklist-output.ts';

/** `2 of 4 complete`; what was cancelled is none of the four and is told besides. */
export function progressWords({ cancelled, ...counts }: ChecklistProgress): string {
  const total = counts.completed + counts.inProgress + counts.blocked + counts.pending;
  if (total === 0) return `${cancelled} cancelled`;
  const done = `${counts.completed} of ${total} complete`;
  return cancelled === 0 ? done : `${done}, ${cancelled} cancelled`;
}
