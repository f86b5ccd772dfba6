import { type Connection, isLocalFile } from '../../model/connection.ts';
import { backupsUser, type DatabaseUser } from '../../model/database-user.ts';
import type { Store } from '../../store/contract.ts';
import { findUsersOf } from '../../store/mysql/accounts.ts';

/**
 * Finds the users of a database, whom a backup names, as it holds no users. `docket_backup` is told
 * them.
 *
 * @returns undefined for a file, and where the user of the connection is not told
 * @throws StoreError
 */
export function databaseUsers(
  { db }: Pick<Store, 'db'>,
  connection: Connection,
): Promise<readonly DatabaseUser[] | undefined> {
  if (isLocalFile(connection)) return Promise.resolve(undefined);
  return findUsersOf(db, { database: connection.database, keeper: backupsUser });
}
