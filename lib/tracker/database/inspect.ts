import { type Connection, isLocalFile, needsNetwork } from '../../model/connection.ts';
import type { Db, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { refuseIgnoredChecks } from '../../store/migrations/ignored-checks.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { readSchemaState } from '../../store/migrations/schema-state.ts';
import { readOpening } from '../../store/queries/opening.ts';
import { tryWriting } from '../../store/queries/write-trial.ts';
import { countOpenTasks, countTasks, findWorkspace } from '../../store/tables/workspaces.ts';
import { makeId, makeToken } from '../ids.ts';
import { connect } from './connect.ts';
import { connectWritable } from './connect-writable.ts';
import { type Fingerprint, findJoinable, type WorkspaceName } from './join-workspace.ts';
import { isMissingFile } from './missing-file.ts';

/** What `docket doctor` finds out about a database. */
export interface Inspection {
  readonly schema: 'none' | 'old' | 'current' | 'newer_compatible' | 'too_new';
  readonly version: number;
  readonly knownVersion: number;
  /** The workspace under the slug that it has in this database; undefined when it is not there. */
  readonly workspace:
    | {
        readonly slug: string;
        /** The number of its tasks, subtasks included. */
        readonly taskCount: number;
        /** The repository that it belongs to, as far as is known. */
        readonly repository: Fingerprint;
        /** The URL of the database that the list has moved to. */
        readonly movedTo: string | undefined;
      }
    | undefined;
  /** What the person should know about the place of a file. */
  readonly remark: string | undefined;
  /** Why nothing can be written, by a trial that was rolled back; undefined when it worked. */
  readonly writeError: { readonly message: string; readonly hint: string | undefined } | undefined;
}

/**
 * Inspects a database and leaves nothing in it.
 *
 * @throws StoreError when the database cannot be reached.
 */
export async function inspectDatabase(
  connection: Connection,
  workspaceId: string | undefined,
): Promise<Inspection> {
  const file = isLocalFile(connection) ? connection.path : undefined;
  if (isMissingFile(connection)) {
    return {
      schema: 'none',
      version: 0,
      knownVersion,
      workspace: undefined,
      writeError: undefined,
      remark: undefined,
    };
  }
  const { store, remark } = await connectWritable(connection);
  try {
    const state = await readSchemaState(store.db);
    const seen = { version: state.version, knownVersion, remark };
    if (Math.max(state.oldestReader, state.oldestWriter) > knownVersion) {
      return { ...seen, schema: 'too_new', workspace: undefined, writeError: undefined };
    }
    if (state.version < knownVersion) {
      const schema = state.version === 0 ? 'none' : 'old';
      const writeError = await findError(() => refuseIgnoring(connection, store));
      return { ...seen, schema, workspace: undefined, writeError };
    }
    const workspace =
      workspaceId === undefined ? undefined : await inspectWorkspace(store.db, workspaceId);
    return {
      ...seen,
      schema: state.version > knownVersion ? 'newer_compatible' : 'current',
      workspace,
      writeError: await findError(async () => {
        await refuseIgnoring(connection, store);
        await tryToWrite(store);
        if (file !== undefined) {
          const { refuseFullDisk } = await import('../../store/sqlite/disk-space.ts');
          refuseFullDisk(file);
        }
      }),
    };
  } finally {
    await store.close();
  }
}

async function inspectWorkspace(db: Db, id: string): Promise<Inspection['workspace']> {
  const found = await findWorkspace(db, id);
  if (found === undefined) return undefined;
  const { slug, rootCommit, origin } = found;
  const { movedTo } = await readOpening(db, id);
  const taskCount = await countTasks(db, id);
  return { slug, taskCount, repository: { rootCommit, origin }, movedTo };
}

/** Finds the workspace that `docket init` would join, without a change to the database. */
export async function peekWorkspace(
  connection: Connection,
  repository: Fingerprint,
): Promise<WorkspaceName | undefined> {
  if (isMissingFile(connection)) return undefined;
  const store = await connect(connection, { mode: 'read' });
  try {
    return await findJoinable(store.db, repository);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'no_schema') return undefined;
    throw error;
  } finally {
    await store.close();
  }
}

/**
 * Counts the open tasks of a list that has not moved to `copy`, without a change to the database.
 *
 * @throws StoreError
 */
export async function peekOpenTasks(
  connection: Connection,
  workspaceId: string,
  copy: string,
): Promise<number> {
  if (isMissingFile(connection)) return 0;
  const store = await connect(connection, { mode: 'read' });
  try {
    const { movedTo } = await readOpening(store.db, workspaceId);
    return movedTo === copy ? 0 : await countOpenTasks(store.db, workspaceId);
  } finally {
    await store.close();
  }
}

/** Milliseconds that a lock and a silent server are waited for by who only wants to know this. */
const briefly = 1_000;

/**
 * Finds the URL of the database that a list has moved to, without a change to the database; undefined
 * where it lives there, or where that is not to be learnt within a second or two.
 */
export async function peekMovedTo(
  connection: Connection,
  workspaceId: string,
): Promise<string | undefined> {
  if (isMissingFile(connection)) return undefined;
  const options = { mode: 'read', busyTimeout: briefly, silenceLimit: briefly } as const;
  const peeking = async () => {
    const store = await connect(connection, options);
    try {
      return (await readOpening(store.db, workspaceId)).movedTo;
    } finally {
      await store.close();
    }
  };
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, 2 * briefly, undefined).unref();
  });
  return Promise.race([peeking().catch(() => undefined), late]);
}

async function refuseIgnoring(connection: Connection, { db }: Store): Promise<void> {
  if (needsNetwork(connection)) await refuseIgnoredChecks(db);
}

async function tryToWrite(store: Store): Promise<void> {
  await store.write(async (db) => {
    const id = makeId();
    const slug = `trial-${id.slice(-12)}`;
    await tryWriting(db, { id, slug, token: makeToken(), createdBy: 'docket doctor' });
    db.abandon();
  });
}

async function findError(work: () => Promise<void>): Promise<Inspection['writeError']> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return { message: error.message, hint: error.hint };
    throw error;
  }
}
