import type { ChecklistItem } from '../../model/checklist-output.ts';
import { limits } from '../../model/limits.ts';

/** A whole plan is always shown whole; what grew beyond one is cut. */
export const mostItems = limits.planSubtasks;

/** What is under way matters most, then what is to come, then what is done, the latest first. */
const order: readonly (readonly ChecklistItem['status'][])[] = [
  ['in_progress', 'blocked'],
  ['pending'],
  ['completed', 'cancelled'],
];

/**
 * The keys of the items to show: all of them, or the most telling ones with the containers that
 * they stand in.
 */
export function keepItems(items: readonly ChecklistItem[], most = mostItems): ReadonlySet<string> {
  const paths = pathsOf(items, []);
  const kept = new Set<string>();
  for (const statuses of order) {
    const group = paths.filter(({ leaf }) => statuses.includes(leaf.status));
    for (const { keys } of statuses.includes('completed') ? group.toReversed() : group) {
      const added = keys.filter((key) => !kept.has(key));
      if (kept.size + added.length > most) return kept;
      for (const key of added) kept.add(key);
    }
  }
  return kept;
}

interface Path {
  readonly leaf: ChecklistItem;
  /** Of the containers from the top, and its own. */
  readonly keys: readonly string[];
}

function pathsOf(items: readonly ChecklistItem[], above: readonly string[]): readonly Path[] {
  return items.flatMap((item) => {
    const keys = [...above, item.key];
    return item.items.length === 0 ? [{ leaf: item, keys }] : pathsOf(item.items, keys);
  });
}

/** An item with everything below it. */
export function countItems(items: readonly ChecklistItem[]): number {
  return items.reduce((sum, item) => sum + 1 + countItems(item.items), 0);
}
