import { type Connection, needsLogin, type ServerConnection } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';

/**
 * Whether a backup is named by a URL, which the server reads, and not by a path.
 *
 * @throws DocketError `usage` for the URL of a database
 */
export function isBackupUrl(given: string): boolean {
  if (!/^(sqlite:|[a-z][a-z0-9+.-]*:\/\/)/i.test(given)) return false;
  if (!/^(sqlite:|mysql:)/i.test(given)) return true;
  throw new DocketError('usage', `${given} is a database, and no place of a backup`, {
    hint: 'A folder, a file, or file:///... of the server; the database goes behind --database',
  });
}

/** @throws DocketError `usage` for a file */
export function requireServer(connection: Connection): ServerConnection {
  if (needsLogin(connection)) return connection;
  throw new DocketError(
    'usage',
    'a URL is for a Dolt server, which reads and writes there itself',
    {
      hint: 'A folder or a file of this machine; the server goes behind --database',
    },
  );
}
