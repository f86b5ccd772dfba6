import type { Item } from './queue.ts';
import type { Replayed } from './replay.ts';

/** Says in one sentence what became of a queue; undefined where nothing became of it. */
export function spellSent({
  arrived,
  kept,
  moved,
}: Pick<Replayed, 'arrived' | 'kept' | 'moved'>): string | undefined {
  if (moved !== undefined) {
    const waiting =
      moved.count === 1 ? '1 queued change waits' : `${moved.count} queued changes wait`;
    return `${waiting} for the database that the list has moved to: docket outbox list`;
  }
  const parts = [
    ...(arrived > 0 ? [`${changes(arrived)} arrived`] : []),
    ...(kept > 0
      ? [`${changes(kept)} could not be made and ${kept === 1 ? 'is' : 'are'} kept`]
      : []),
  ];
  if (parts.length === 0) return undefined;
  const more = kept > 0 ? ': docket outbox list' : '';
  return `Of what was queued while the database was away, ${parts.join(', and ')}${more}`;
}

/** Says in one sentence what is in a queue, and what shows it; undefined where it is empty. */
export function spellQueued(items: readonly Item[]): string | undefined {
  const counts = spellCounts(items);
  return counts && `${counts}: docket outbox list`;
}

/** Counts in words what is in a queue; undefined where it is empty. */
export function spellCounts(items: readonly Item[]): string | undefined {
  const waiting = items.filter(({ kind }) => kind === 'waiting').length;
  const kept = items.length - waiting;
  const parts = [
    ...(waiting > 0 ? [`${changes(waiting)} queued while the database was away`] : []),
    ...(kept > 0 ? [`${changes(kept)} kept that could not be made`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', and ');
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}
