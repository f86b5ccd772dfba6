import type { Store } from '../../store/contract.ts';
import { readOpening } from '../../store/queries/opening.ts';
import { setMovedTo, takeMovedTo } from '../../store/tables/workspaces.ts';
import { ListMoved } from '../database/has-moved.ts';
import { translated } from '../database/translate-errors.ts';
import { makeToken } from '../ids.ts';

/**
 * Finds the URL of the database in which a list goes on; null where it lives here.
 *
 * @throws DocketError `unreachable`
 */
export async function placeOfList(store: Store, workspaceId: string): Promise<string | null> {
  const { movedTo = null } = await translated(() => readOpening(store.db, workspaceId));
  return movedTo;
}

/**
 * Says in a database that a list goes on in another one, so that every later change is refused;
 * with null that it lives here after all.
 *
 * @param url of the other database, without a secret
 * @returns whether that was new
 * @throws DocketError `list_moved`: it was left for another one; `unreachable`
 */
export function leaveList(store: Store, workspaceId: string, url: string | null): Promise<boolean> {
  return store.write(async (db) => {
    const before = await takeMovedTo(db, workspaceId, makeToken());
    if (before === url) {
      db.abandon();
      return false;
    }
    if (before !== null && url !== null) throw new ListMoved(before);
    db.describe(url === null ? 'docket: the list is here again' : 'docket: the list has moved');
    await setMovedTo(db, workspaceId, url);
    return true;
  });
}
