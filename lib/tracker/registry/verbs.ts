import type * as z from 'zod/mini';
import type { RegistryEntryView } from '../../model/answers/registry.ts';
import { DocketError } from '../../model/errors.ts';
import type { RegistryEntry } from '../../model/registry/entry.ts';
import type { Db } from '../../store/contract.ts';
import { ask } from '../../store/sql/request.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { type RegistryColumns, registryRows, slugsByIds } from '../../store/tables/registry.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import type { Write } from '../write/write.ts';
import { archiveNamed, changeNamed, findByName, findInUse, insertNamed } from './entries.ts';
import { clientKind, type RegistryKind } from './kinds.ts';

/** The fields that clients, projects and infrastructure have alike. */
export interface NamedInput {
  readonly name: string;
  readonly note?: string | undefined;
  /** The name of the entry's client; null for none. */
  readonly client?: string | null | undefined;
}

/** Any of the fields, to change them. */
export type Patch<Input> = { readonly [Field in keyof Input]?: Input[Field] | undefined };

/** A kind of registry entry with the input and answer of its verbs. */
export interface RegistryVerbs<T extends RegistryEntry, Input extends NamedInput, View> {
  readonly kind: RegistryKind<T>;
  readonly schema: z.ZodMiniType<Input>;
  /** Gives the columns that only this kind has, of the fields in the input. */
  toColumns(input: Patch<Input>): RegistryColumns;
  view(entry: T, named: RegistryEntryView & { readonly client: string | null }): View;
}

/**
 * Adds a registry entry.
 *
 * @throws DocketError `invalid_input`, `conflict` (the name is taken), `not_found` (its client)
 */
export async function addRegistryEntry<T extends RegistryEntry, Input extends NamedInput, View>(
  scope: Scope,
  verbs: RegistryVerbs<T, Input, View>,
  input: Input,
): Promise<View> {
  return writeWorkspace(scope, {}, async (write) => {
    const own = await ownColumns(write, verbs, input);
    const { name, note = '' } = input;
    return viewEntry(write.db, verbs, await insertNamed(write, verbs.kind, { name, note, own }));
  });
}

/**
 * Changes a registry entry.
 *
 * @throws DocketError `usage` when nothing is said, `invalid_input`, `conflict`, `not_found`
 */
export async function changeRegistryEntry<T extends RegistryEntry, Input extends NamedInput, View>(
  scope: Scope,
  verbs: RegistryVerbs<T, Input, View>,
  { name, patch }: { readonly name: string; readonly patch: Patch<Input> },
): Promise<View> {
  const { kind } = verbs;
  if (!Object.values(patch).some((value) => value !== undefined)) {
    throw new DocketError('usage', 'nothing to update', {
      hint: `docket ${kind.command} update --help`,
    });
  }
  return writeWorkspace(scope, {}, async (write) => {
    const entry = await findByName(write.db, kind, { workspaceId: write.workspace.id, name });
    const { name: newName, note } = patch;
    const fields = {
      ...(newName === undefined ? {} : { name: newName }),
      ...(note === undefined ? {} : { note }),
      own: await ownColumns(write, verbs, patch),
    };
    return viewEntry(write.db, verbs, await changeNamed(write, kind, { entry, fields }));
  });
}

/**
 * Takes a registry entry out of use, or back in; tasks that name it keep it.
 *
 * @throws DocketError `not_found`
 */
export function archiveRegistryEntry<T extends RegistryEntry, Input extends NamedInput, View>(
  scope: Scope,
  verbs: RegistryVerbs<T, Input, View>,
  { name, isRestored = false }: { readonly name: string; readonly isRestored?: boolean },
): Promise<View> {
  return writeWorkspace(scope, {}, async (write) => {
    const by = { workspaceId: write.workspace.id, name };
    const entry = await findByName(write.db, verbs.kind, by);
    return viewEntry(write.db, verbs, await archiveNamed(write, verbs.kind, { entry, isRestored }));
  });
}

/** Reads a registry entry. @throws DocketError `not_found` */
export function showRegistryEntry<T extends RegistryEntry, Input extends NamedInput, View>(
  scope: Scope,
  verbs: RegistryVerbs<T, Input, View>,
  name: string,
): Promise<View> {
  return scope.store.read(async (db) => {
    const by = { workspaceId: scope.workspaceId, name };
    return viewEntry(db, verbs, await findByName(db, verbs.kind, by));
  });
}

/** Lists registry entries by slug. */
export function listRegistryEntries<T extends RegistryEntry, Input extends NamedInput, View>(
  scope: Scope,
  verbs: RegistryVerbs<T, Input, View>,
  { withArchived = false }: { readonly withArchived?: boolean } = {},
): Promise<readonly View[]> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const entries = await ask(db, registryRows(verbs.kind.table, { workspaceId, withArchived }));
    return viewAll(db, verbs, entries);
  });
}

async function ownColumns<T extends RegistryEntry, Input extends NamedInput, View>(
  write: Write,
  verbs: RegistryVerbs<T, Input, View>,
  input: Patch<Input>,
): Promise<RegistryColumns> {
  const own = verbs.toColumns(input);
  const { client } = input;
  if (client === undefined) return own;
  if (client === null || client === '') return { ...own, client_id: null };
  const by = { workspaceId: write.workspace.id, name: client };
  return { ...own, client_id: (await findInUse(write.db, clientKind, by)).id };
}

/** Makes the view of an entry. */
export async function viewEntry<T extends RegistryEntry, Input extends NamedInput, View>(
  db: Db,
  verbs: RegistryVerbs<T, Input, View>,
  entry: T,
): Promise<View> {
  const [only] = await viewAll(db, verbs, [entry]);
  if (only === undefined) throw new Error('a view was asked for and not made');
  return only;
}

async function viewAll<T extends RegistryEntry, Input extends NamedInput, View>(
  db: Db,
  verbs: RegistryVerbs<T, Input, View>,
  entries: readonly T[],
): Promise<readonly View[]> {
  const clientOf = (entry: T) =>
    'clientId' in entry && typeof entry.clientId === 'string' ? [entry.clientId] : [];
  const ids = [...new Set(entries.flatMap(clientOf))];
  const slugs = await ask(db, slugsByIds(clientTable, ids));
  return entries.map((entry) => {
    const [clientId = ''] = clientOf(entry);
    const { slug, name, note, archivedAt, createdAt, createdBy, updatedAt } = entry;
    const named = { slug, name, note, archivedAt, createdAt, createdBy, updatedAt };
    return verbs.view(entry, { ...named, client: slugs.get(clientId) ?? null });
  });
}
