import { databaseUrl, parseDatabase } from '../config/database.ts';
import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import { migrationRights } from '../tracker/database/migration-rights.ts';

/** Adds a database that no configuration names to the hint of an error that asks to migrate it. */
export function withDatabase(
  error: unknown,
  { database }: { readonly database?: string | undefined },
): unknown {
  const isDue = error instanceof DocketError && error.code === 'migration_due';
  if (!isDue || database === undefined) return error;
  // Without the user of the URL, who may not.
  const url = databaseUrl(parseDatabase(database, '/'));
  return new DocketError('migration_due', error.message, {
    hint: `As a user with ${migrationRights} rights: DOCKET_USER=ADMIN docket migrate --database ${shellWord(url)}, then this again`,
    cause: error,
  });
}
