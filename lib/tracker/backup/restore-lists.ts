import { DocketError } from '../../model/errors.ts';
import type { Store, Transaction } from '../../store/contract.ts';
import { moveList } from '../moving/move-list.ts';
import type { MovedSource, OnMoving } from '../moving/moved-list.ts';
import { findUsedLists, type ListSummary } from './list-summary.ts';

/**
 * Brings lists into a database that has none, compares them at the end, and commits once: whoever
 * looks finds all of them or nothing, also when it was stopped on the way.
 *
 * @throws DocketError `conflict` when there is something in the database
 */
export function restoreLists(
  sources: readonly MovedSource[],
  store: Store,
  { name, onProgress }: { readonly name: string; readonly onProgress?: OnMoving | undefined },
): Promise<readonly ListSummary[]> {
  return store.write(async (transaction) => {
    refuseUsed(name, await findUsedLists(transaction));
    const inside = storeInside(transaction);
    const restored: ListSummary[] = [];
    for (const source of sources) {
      const { workspace, counts } = await moveList(source, inside, { onProgress });
      const { tasks = 0, archived_tasks: archived = 0, task_events: events = 0 } = counts;
      restored.push({ slug: workspace.slug, tasks, archived, events });
    }
    transaction.describe(`docket: restored ${restored.map(({ slug }) => slug).join(', ')}`);
    return restored;
  });
}

/** @throws DocketError `conflict` */
export function refuseUsed(
  name: string,
  lists: readonly { readonly slug: string; readonly tasks: number }[],
): void {
  if (lists.length === 0) return;
  const shown = lists.slice(0, 5).map(({ slug, tasks }) => `${slug} (tasks: ${tasks})`);
  const more = lists.length > shown.length ? ` and ${lists.length - shown.length} more` : '';
  throw new DocketError('conflict', `${name} is not empty: it has ${shown.join(', ')}${more}`, {
    hint: 'A backup goes into an empty database, so that nothing is lost: name another one with --database, or move this one out of the way first',
  });
}

/** A store whose transactions are parts of one that is open. */
function storeInside(transaction: Transaction): Store {
  const part: Transaction = { ...transaction, describe: () => {}, abandon: () => {} };
  return {
    db: transaction,
    read: (work) => work(transaction),
    write: (work) => work(part),
    migrate: async () => [],
    close: async () => {},
  };
}
