import { entrySlug } from '../../model/registry/entry.ts';
import { findRegistryEntryBySlug } from '../../store/tables/registry.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findInUse, insertNamed } from './entries.ts';
import { clientKind, projectKind } from './kinds.ts';

/**
 * Makes sure that a client and a project of these names exist. A project that is made belongs to
 * the client.
 *
 * @throws DocketError `invalid_input` when one is archived
 */
export function ensureRegistryEntries(
  scope: Scope,
  {
    client,
    project,
  }: { readonly client?: string | undefined; readonly project?: string | undefined },
): Promise<void> {
  return writeWorkspace(scope, {}, async (write) => {
    const { id: workspaceId } = write.workspace;
    const find = (name: string) => ({ workspaceId, slug: entrySlug(name) });
    if (client !== undefined) {
      const known = await findRegistryEntryBySlug(write.db, clientKind.table, find(client));
      if (known === undefined) {
        await insertNamed(write, clientKind, { name: client, note: '', own: {} });
      } else await findInUse(write.db, clientKind, { workspaceId, name: client });
    }
    if (project === undefined) return;
    const known = await findRegistryEntryBySlug(write.db, projectKind.table, find(project));
    if (known !== undefined) {
      await findInUse(write.db, projectKind, { workspaceId, name: project });
      return;
    }
    const owner =
      client && (await findRegistryEntryBySlug(write.db, clientKind.table, find(client)));
    const own = owner ? { client_id: owner.id } : {};
    await insertNamed(write, projectKind, { name: project, note: '', own });
  });
}
