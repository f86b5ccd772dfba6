import { ask } from '../../store/sql/request.ts';
import { versionOfAll, versionOfWorkspace } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';

/**
 * Reads what differs as soon as anything in the list, or in any list of the database, has been
 * written: one row.
 */
export function readVersion(
  { store, workspaceId }: Scope,
  { everywhere }: { readonly everywhere: boolean },
): Promise<string> {
  const version = everywhere ? versionOfAll : versionOfWorkspace(workspaceId);
  return store.read((db) => ask(db, version));
}
