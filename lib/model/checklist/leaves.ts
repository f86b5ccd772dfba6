import type { ChecklistItem } from '../answers/checklist.ts';

/** The items that have none below them, in order. */
export function leavesOf(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.flatMap((item) => (item.items.length === 0 ? [item] : leavesOf(item.items)));
}
