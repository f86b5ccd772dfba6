import type { Store } from '../../store/contract.ts';
import { setMovedTo } from '../../store/tables/workspaces.ts';
import { makeToken } from '../ids.ts';

/**
 * Says in a database that a list goes on in another one, so that every later change is refused;
 * with null that it lives here after all.
 *
 * @param url of the other database, without a secret
 * @throws DocketError `unreachable`
 */
export function leaveList(store: Store, workspaceId: string, url: string | null): Promise<void> {
  return store.write(async (db) => {
    db.describe(url === null ? 'docket: the list is here again' : 'docket: the list has moved');
    await setMovedTo(db, workspaceId, { movedTo: url, token: makeToken() });
  });
}
