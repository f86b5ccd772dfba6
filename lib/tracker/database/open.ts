import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Connection, isLocalFile, isMadeByUse } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import type { OpenOptions, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { readSchemaState, type SchemaState } from '../../store/migrations/schema-state.ts';
import { readOpening } from '../../store/queries/opening.ts';
import { refuseWrites } from '../../store/sql/refuse-writes.ts';
import { connectWritable } from './connect-writable.ts';
import { ListMoved } from './has-moved.ts';
import { migrationRights } from './migration-rights.ts';
import { isMissingFile } from './missing-file.ts';
import { toDocketError, translated, translateErrors } from './translate-errors.ts';

/** Something that the person should hear about a list that was opened all the same. */
export interface Notice {
  /**
   * `place`: about where it lies, worth saying once; `migrated`: about what was done to it;
   * `moved`: it goes on in another database.
   */
  readonly kind: 'place' | 'migrated' | 'moved';
  readonly text: string;
  /** What to do about it. */
  readonly next?: string | undefined;
}

/** How a list is opened. */
export interface StoreOptions extends Omit<OpenOptions, 'mode' | 'journal'> {
  readonly onNotice?: (notice: Notice) => void;
  /** The bytes of a SQLite file with tasks above which it is left to others to migrate it. */
  readonly largestMigration?: number;
}

/**
 * Opens the list for a command. A SQLite file is created and migrated on the way, because that
 * takes nobody's right but the person's own; a server is migrated by `docket migrate`.
 *
 * @throws DocketError `unreachable`, `migration_due`, `schema_too_new` (by writing verbs, when the
 * schema can still be read)
 */
export async function openStore(
  connection: Connection,
  options: StoreOptions = {},
): Promise<Store> {
  return openChecked(connection, options, async (store) =>
    requireSchema(store, { connection, state: await readSchemaState(store.db), options }),
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
  options: StoreOptions = {},
): Promise<OpenedStore> {
  return openChecked(connection, options, async (store) => {
    const { schema, hasWorkspace, movedTo } = await readOpening(store.db, workspaceId);
    const checked = await requireSchema(store, { connection, state: schema, options });
    if (movedTo !== undefined) {
      const { message: text, hint: next } = new ListMoved(movedTo);
      options.onNotice?.({ kind: 'moved', text, next });
    }
    return { store: checked, hasWorkspace };
  });
}

/** Opens a database for `check`, and closes it again when that fails. */
async function openChecked<T>(
  connection: Connection,
  options: StoreOptions,
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

async function openWritable(connection: Connection, options: StoreOptions): Promise<Store> {
  try {
    if (isMissingFile(connection)) {
      mkdirSync(dirname(connection.path), { recursive: true, mode: 0o700 });
    }
    const { onNotice, largestMigration: _, ...driver } = options;
    const { store, remark } = await connectWritable(connection, driver);
    if (remark !== undefined) onNotice?.({ kind: 'place', text: remark });
    return store;
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
  {
    connection,
    state,
    options,
  }: {
    readonly connection: Connection;
    readonly state: SchemaState;
    readonly options: StoreOptions;
  },
): Promise<Store> {
  if (state.oldestReader > knownVersion) throw tooNew(state, 'to read');
  if (state.oldestWriter > knownVersion) {
    // A later docket writes its list in ways that this one does not know.
    return refuseWrites(store, () => tooNew(state, 'to write'));
  }
  if (state.version >= knownVersion) return store;
  if (isMadeByUse(connection) && mayMigrate(connection, state, options)) {
    let copy: string | undefined;
    const onCopy = (path: string) => {
      copy = path;
    };
    const applied = await store.migrate({ onCopy });
    if (copy !== undefined && applied.length > 0) {
      options.onNotice?.({ kind: 'migrated', text: migratedText(connection, state, copy) });
    }
    return store;
  }
  throw new DocketError(
    'migration_due',
    state.version === 0
      ? 'the database has no docket tables'
      : `the database has schema ${state.version}; this docket needs ${knownVersion}`,
    {
      hint: isMadeByUse(connection)
        ? 'docket migrate'
        : `A user with ${migrationRights} rights runs: docket migrate`,
    },
  );
}

/** Whether a hook has the time for it; to make a file is quick. */
function mayMigrate(
  connection: Connection,
  { version }: SchemaState,
  { largestMigration = Number.POSITIVE_INFINITY }: StoreOptions,
): boolean {
  if (version === 0 || !isLocalFile(connection)) return true;
  return (statSync(connection.path, { throwIfNoEntry: false })?.size ?? 0) <= largestMigration;
}

/** Tells that a list was migrated on the way. */
export function migratedText(
  connection: Connection,
  { version }: Pick<SchemaState, 'version'>,
  copy: string,
): string {
  const path = isLocalFile(connection) ? connection.path : '';
  return `Migrated ${path} from schema ${version} to ${knownVersion}; a copy from before is ${copy}`;
}

function tooNew({ version }: SchemaState, what: 'to read' | 'to write'): DocketError {
  return new DocketError(
    'schema_too_new',
    `the database has schema ${version}, which needs a newer docket ${what} (this one knows ${knownVersion})`,
    { hint: 'Upgrade: pull the newest docket and run ./scripts/setup again' },
  );
}
