import { existsSync } from 'node:fs';
import { type Connection, type FileConnection, isLocalFile } from '../../model/connection.ts';

/** Whether a database is a file that does not exist: opening it for writing would make it. */
export function isMissingFile(connection: Connection): connection is FileConnection {
  return isLocalFile(connection) && !existsSync(connection.path);
}
