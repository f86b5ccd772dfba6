import { DocketError } from '../../model/errors.ts';
import { findNearest } from '../../model/nearest.ts';
import { entrySlug, type RegistryEntry } from '../../model/registry/entry.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Db } from '../../store/contract.ts';
import { ask } from '../../store/sql/request.ts';
import { findRegistryEntryBySlug, registryRows } from '../../store/tables/registry.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findInUse, insertNamed } from './entries.ts';
import { clientKind, projectKind, type RegistryKind } from './kinds.ts';

/**
 * Makes sure that a client and a project of these names exist. A project that is made belongs to
 * the client.
 *
 * @throws DocketError `invalid_input` when one is archived, `not_found` when another one has nearly
 * the name
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
        await refuseMisspelt(write.db, clientKind, { workspaceId, name: client });
        await insertNamed(write, clientKind, { name: client, note: '', own: {} });
      } else await findInUse(write.db, clientKind, { workspaceId, name: client });
    }
    if (project === undefined) return;
    const known = await findRegistryEntryBySlug(write.db, projectKind.table, find(project));
    if (known !== undefined) {
      await findInUse(write.db, projectKind, { workspaceId, name: project });
      return;
    }
    await refuseMisspelt(write.db, projectKind, { workspaceId, name: project });
    const owner =
      client && (await findRegistryEntryBySlug(write.db, clientKind.table, find(client)));
    const own = owner ? { client_id: owner.id } : {};
    await insertNamed(write, projectKind, { name: project, note: '', own });
  });
}

/** Refuses to make an entry whose name looks like a misspelt one: its tasks would be billed apart. */
async function refuseMisspelt<T extends RegistryEntry>(
  db: Db,
  { command, noun, table }: RegistryKind<T>,
  { workspaceId, name }: { readonly workspaceId: string; readonly name: string },
): Promise<void> {
  const entries = await ask(db, registryRows(table, { workspaceId, withArchived: false }));
  const nearest = findNearest(
    entrySlug(name),
    entries.map(({ slug }) => slug),
  );
  const meant = entries.find(({ slug }) => slug === nearest);
  if (meant === undefined) return;
  throw new DocketError('not_found', `there is no ${noun} ${JSON.stringify(name)}`, {
    hint: `Did you mean ${JSON.stringify(meant.name)}? To make a new one: docket ${command} add ${shellWord(name)}, then this again`,
  });
}
