import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Connection, isLocalFile, isMadeByUse } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import type { OpenOptions, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { readSchemaState, type SchemaState } from '../../store/migrations/schema-state.ts';
import { readOpening } from '../../store/queries/opening.ts';
import { refuseWrites } from '../../store/sql/refuse-writes.ts';
import { connect } from './connect.ts';
import { migrationRights } from './migration-rights.ts';
import { toDocketError, translated, translateErrors } from './translate-errors.ts';

/**
 * Opens the list for a command. A SQLite file is created and migrated on the way, because that
 * takes nobody's right but the person's own; a server is migrated by `docket migrate`.
 *
 * @throws DocketError `unreachable`, `migration_due`, `schema_too_new` (by writing verbs, when the
 * schema can still be read)
 */
export async function openStore(
  connection: Connection,
  options: Omit<OpenOptions, 'mode'> = {},
): Promise<Store> {
  return openChecked(connection, options, async (store) =>
    requireSchema(store, connection, await readSchemaState(store.db)),
  );
}

/** An open list, and whether the database has the workspace that was asked for. */
export interface OpenedStore {
  readonly store: Store;
  readonly hasWorkspace: boolean;
}

/**
 * Opens the list as `openStore` does and looks for a workspace in it, both in one flight.
 *
 * @throws DocketError as `openStore`
 */
export async function openStoreOf(
  connection: Connection,
  workspaceId: string,
  options: Omit<OpenOptions, 'mode'> = {},
): Promise<OpenedStore> {
  return openChecked(connection, options, async (store) => {
    const { schema, hasWorkspace } = await readOpening(store.db, workspaceId);
    return { store: await requireSchema(store, connection, schema), hasWorkspace };
  });
}

/** Opens a database for `check`, and closes it again when that fails. */
async function openChecked<T>(
  connection: Connection,
  options: Omit<OpenOptions, 'mode'>,
  check: (store: Store) => Promise<T>,
): Promise<T> {
  const store = translateErrors(await openWritable(connection, options));
  try {
    return await translated(() => check(store));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Opens the list for `docket migrate`, whatever schema it has. */
export async function openUnmigrated(connection: Connection): Promise<Store> {
  return translateErrors(await openWritable(connection, {}));
}

async function openWritable(connection: Connection, options: Omit<OpenOptions, 'mode'>) {
  try {
    if (isLocalFile(connection)) {
      mkdirSync(dirname(connection.path), { recursive: true, mode: 0o700 });
      const { refuseNetworkFileSystem } = await import('../../store/sqlite/network-file-system.ts');
      refuseNetworkFileSystem(connection.path);
    }
    return await connect(connection, { mode: 'write', ...options });
  } catch (error) {
    if (error instanceof StoreError || error instanceof DocketError) {
      throw error instanceof StoreError ? toDocketError(error) : error;
    }
    const { message } = error as Error;
    throw new DocketError('unreachable', `cannot open the database: ${message}`, { cause: error });
  }
}

async function requireSchema(
  store: Store,
  connection: Connection,
  state: SchemaState,
): Promise<Store> {
  if (state.oldestReader > knownVersion) throw tooNew(state, 'to read');
  if (state.oldestWriter > knownVersion) {
    // A later docket writes its list in ways that this one does not know.
    return refuseWrites(store, () => tooNew(state, 'to write'));
  }
  if (state.version >= knownVersion) return store;
  if (isMadeByUse(connection)) {
    await store.migrate();
    return store;
  }
  throw new DocketError(
    'migration_due',
    `the database has schema ${state.version}; this docket needs ${knownVersion}`,
    { hint: `A user with ${migrationRights} rights runs: docket migrate` },
  );
}

function tooNew({ version }: SchemaState, what: 'to read' | 'to write'): DocketError {
  return new DocketError(
    'schema_too_new',
    `the database has schema ${version}, which needs a newer docket ${what} (this one knows ${knownVersion})`,
    { hint: 'Upgrade: pull the newest docket and run ./scripts/setup again' },
  );
}
