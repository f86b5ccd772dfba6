import { existsSync } from 'node:fs';
import { type Connection, type FileConnection, isLocalFile } from '../../model/connection.ts';

/** Whether a database is a file that is not there: to open it for writing would make it. */
export function isMissingFile(connection: Connection): connection is FileConnection {
  return isLocalFile(connection) && !existsSync(connection.path);
}
