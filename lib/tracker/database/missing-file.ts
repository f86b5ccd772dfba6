import { statSync } from 'node:fs';
import { type Connection, type FileConnection, isLocalFile } from '../../model/connection.ts';

/**
 * Whether a database is a file that does not exist: opening it for writing would make it. One that
 * is out of reach, as behind a folder that may not be searched, may well exist.
 */
export function isMissingFile(connection: Connection): connection is FileConnection {
  if (!isLocalFile(connection)) return false;
  try {
    return statSync(connection.path, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
