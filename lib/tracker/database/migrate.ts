import { type Connection, needsLogin, type ServerConnection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { StoreError } from '../../store/errors.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { readSchemaState } from '../../store/migrations/schema-state.ts';
import { migrationRights } from './migration-rights.ts';
import { openUnmigrated } from './open.ts';

export interface MigrationResult {
  /** The schema version before; 0 in an empty database. */
  readonly from: number;
  readonly to: number;
  readonly applied: readonly number[];
  /** The copy of a SQLite file from before. */
  readonly copy?: string;
}

/**
 * Brings the schema of a database up to the version that this docket knows. Of several processes at
 * once, one does it.
 *
 * @throws DocketError `migration_due` when the database user may not change the schema, with the
 * rights it takes; `schema_too_new`.
 */
export async function migrateDatabase(
  connection: Connection,
  onStart: (from: number, to: number) => void = () => {},
): Promise<MigrationResult> {
  const store = await openUnmigrated(connection);
  try {
    const { version, oldestReader, oldestWriter } = await readSchemaState(store.db);
    if (Math.max(oldestReader, oldestWriter) > knownVersion) throw tooNew(version);
    if (version >= knownVersion) return { from: version, to: version, applied: [] };
    onStart(version, knownVersion);
    let copy: string | undefined;
    const applied = await store.migrate({
      onCopy: (path) => {
        copy = path;
      },
    });
    return { from: version, to: knownVersion, applied, ...(copy === undefined ? {} : { copy }) };
  } catch (error) {
    throw isDenied(error) && needsLogin(connection) ? refusal(connection, error) : error;
  } finally {
    await store.close();
  }
}

/**
 * Makes docket's tables where there are none yet, as they take nothing from anybody; an older schema
 * that others use is left to `docket migrate`.
 *
 * @returns whether they were made
 * @throws DocketError as `migrateDatabase`
 */
export async function makeTables(connection: Connection): Promise<boolean> {
  const store = await openUnmigrated(connection);
  let version: number;
  try {
    ({ version } = await readSchemaState(store.db));
  } finally {
    await store.close();
  }
  return version === 0 && (await migrateDatabase(connection)).applied.length > 0;
}

function tooNew(version: number): DocketError {
  return new DocketError(
    'schema_too_new',
    `the database has schema ${version}, and this docket knows ${knownVersion}: a newer one is needed`,
    { hint: 'Pull the newest docket and run ./scripts/setup again' },
  );
}

function isDenied(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const origin = error instanceof DocketError ? error.cause : error;
  return origin instanceof StoreError && origin.code === 'denied';
}

function refusal(connection: ServerConnection, cause: Error): DocketError {
  const { user, database } = connection;
  return new DocketError(
    'migration_due',
    `user ${user} may not change the schema of ${database}: it takes ${migrationRights} there, beside SELECT, INSERT, UPDATE and DELETE`,
    { hint: 'DOCKET_USER=ADMIN docket migrate, as a user who has them', cause },
  );
}
