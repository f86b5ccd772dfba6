import { readVersion as readOwn } from '../../store/queries/prompt-check.ts';
import { ask } from '../../store/sql/request.ts';
import { versionOfAll } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';

/**
 * Reads what differs as soon as anything in the list, or in any list of the database, has been
 * written or a task has become ready by time alone: one row.
 */
export function readVersion(
  { store, workspaceId }: Scope,
  { everywhere }: { readonly everywhere: boolean },
): Promise<string> {
  return store.read(async (db) =>
    everywhere ? ask(db, versionOfAll(db.dialect)) : ((await readOwn(db, workspaceId)) ?? ''),
  );
}
