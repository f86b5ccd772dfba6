import type { ServerConnection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { StoreError } from '../../store/errors.ts';
import { isPlainName, makeDatabase } from '../../store/mysql/accounts.ts';
import { openUnmigrated } from './open.ts';
import { toDocketError } from './translate-errors.ts';

/**
 * Makes a database on a server unless it is there, and says whether it made one.
 *
 * @throws DocketError `unreachable`, also for who may not make it
 */
export async function ensureDatabase(connection: ServerConnection): Promise<boolean> {
  const { database, user } = connection;
  if (!isPlainName(database)) return false;
  const store = await openUnmigrated({ ...connection, database: '' });
  try {
    return await makeDatabase(store.db, database);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code !== 'denied') throw toDocketError(error);
    throw new DocketError(
      'unreachable',
      `there is no database ${database} that user ${user} may use, and ${user} may not make one`,
      { hint: 'The administrator runs docket server bootstrap URL first', cause: error },
    );
  } finally {
    await store.close();
  }
}
