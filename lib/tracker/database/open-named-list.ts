import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Connection, isLocalFile } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import type { Store } from '../../store/contract.ts';
import { ensureWorkspace, type WorkspaceName } from './join-workspace.ts';
import { openStore } from './open.ts';
import { serialStore } from './serial-store.ts';

/** A list as a program names it. */
export interface NamedList {
  readonly connection: Connection;
  readonly workspace: WorkspaceName;
  /** The actor who makes the list where the database does not have it. */
  readonly actor: string;
}

/**
 * Opens the list that a program names, safe for concurrent callers, and makes it where the database
 * does not have it. `then` makes what the program gets of it; the database is closed when it fails.
 *
 * @throws DocketError `unreachable`, also where the folder of a SQLite file is missing: the path is
 * wrong then; `migration_due`, `schema_too_new`
 */
export async function openNamedList<T>(
  { connection, workspace, actor }: NamedList,
  then: (list: { readonly store: Store; readonly workspaceId: string }) => T,
): Promise<T> {
  requireFolderOf(connection);
  const store = serialStore(await openStore(connection));
  try {
    const { id: workspaceId } = await ensureWorkspace(store, workspace, actor);
    return then({ store, workspaceId });
  } catch (error) {
    await store.close();
    throw error;
  }
}

function requireFolderOf(connection: Connection): void {
  if (!isLocalFile(connection)) return;
  const folder = dirname(connection.path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new DocketError('unreachable', `there is no folder ${folder} for the database`, {
    hint: `Make the folder, or mend connection.path: ${connection.path}`,
  });
}
