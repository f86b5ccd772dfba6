import { type Connection, isLocalFile } from '../../model/connection.ts';
import type { OpenOptions, Store } from '../../store/contract.ts';

/**
 * Opens a database without looking at its schema. Each driver is loaded only when it is used: the
 * one for the MySQL protocol costs 33 ms, which no SQLite hook may pay.
 *
 * @throws StoreError
 */
export async function connect(connection: Connection, options: OpenOptions): Promise<Store> {
  if (isLocalFile(connection)) {
    const { openSqlite } = await import('../../store/sqlite/driver.ts');
    return openSqlite(connection.path, options);
  }
  const { reachRemembered } = await import('../../store/mysql/wire/reach.ts');
  const { socket, target } = await reachRemembered(connection);
  const { openMysql } = await import('../../store/mysql/driver.ts');
  return openMysql(target, { ...options, socket });
}
