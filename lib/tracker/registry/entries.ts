import { DocketError } from '../../model/errors.ts';
import { findNearest } from '../../model/nearest.ts';
import { entrySlug, type RegistryEntry } from '../../model/registry/entry.ts';
import type { Db } from '../../store/contract.ts';
import { ask, known, mapped, type Request, together } from '../../store/sql/request.ts';
import { runWrites } from '../../store/sql/write.ts';
import {
  findRegistryEntries,
  findRegistryEntryBySlug,
  insertRegistryEntry,
  type RegistryColumns,
  registryEntriesByIds,
  registryEntryBySlug,
  registryRows,
  updateRegistryEntry,
} from '../../store/tables/registry.ts';
import { makeId, makeToken } from '../ids.ts';
import type { Write } from '../write/write.ts';
import type { RegistryKind } from './kinds.ts';

// Clients, projects and infrastructure share what is here. It runs inside a transaction.

/** The columns of a new registry entry, or of a change to one. */
export interface RegistryFields {
  readonly name: string;
  readonly note: string;
  readonly own: RegistryColumns;
}

/** Inserts a registry entry. @throws DocketError `conflict` when the name is taken. */
export async function insertNamed<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { name, note, own }: RegistryFields,
): Promise<T> {
  const slug = await requireFree(write, kind, { name });
  const id = makeId();
  const { id: workspaceId } = write.workspace;
  const createdBy = write.scope.worker.actor;
  const revision = makeToken();
  const row = { id, workspaceId, slug, name, note, own, createdBy, revision, at: write.at };
  await runWrites(write.db, [insertRegistryEntry(kind.table, row)]);
  write.record({ verb: 'added', taskId: null, key: slug, new: { [kind.noun]: slug, name } });
  return reread(write.db, kind, id);
}

/**
 * Writes the fields of a registry entry that differ.
 *
 * @throws DocketError `conflict` when a new name is taken.
 */
export async function changeNamed<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { entry, fields: { own, ...fields } }: { entry: T; fields: Partial<RegistryFields> },
): Promise<T> {
  const wanted = { ...fields, ...own };
  const { name, note } = entry;
  const before: RegistryColumns = { name, note, ...kind.table.fromOwn(entry) };
  const changed = Object.entries(wanted).filter(([column, value]) => value !== before[column]);
  if (changed.length === 0) return entry;
  const change = Object.fromEntries(changed);
  const slug =
    change.name === undefined
      ? entry.slug
      : await requireFree(write, kind, { name: String(change.name), self: entry });
  const written = { ...change, slug, revision: makeToken(), updated_at: write.at };
  await runWrites(write.db, [updateRegistryEntry(kind.table, entry, written)]);
  const old = Object.fromEntries(changed.map(([column]) => [column, before[column]]));
  write.record({
    verb: 'updated',
    taskId: null,
    key: slug,
    old: { [kind.noun]: entry.slug, ...old },
    new: { [kind.noun]: slug, ...change },
  });
  return reread(write.db, kind, entry.id);
}

/** Takes a registry entry out of use, or back in. */
export async function archiveNamed<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { entry, isRestored }: { entry: T; isRestored: boolean },
): Promise<T> {
  if ((entry.archivedAt === null) === isRestored) return entry;
  const { at } = write;
  const change = { archived_at: isRestored ? null : at, revision: makeToken(), updated_at: at };
  await runWrites(write.db, [updateRegistryEntry(kind.table, entry, change)]);
  write.record({
    verb: isRestored ? 'restored' : 'archived',
    taskId: null,
    key: entry.slug,
    new: { [kind.noun]: entry.slug },
  });
  return reread(write.db, kind, entry.id);
}

async function requireFree<T extends RegistryEntry>(
  write: Write,
  { noun, command, table }: RegistryKind<T>,
  { name, self }: { name: string; self?: T },
): Promise<string> {
  const slug = entrySlug(name);
  const { id: workspaceId } = write.workspace;
  const other = await findRegistryEntryBySlug(write.db, table, { workspaceId, slug });
  if (other === undefined || other.id === self?.id) return slug;
  const state = other.archivedAt === null ? '' : ', which is archived';
  throw new DocketError('conflict', `there is a ${noun} ${other.slug} already${state}`, {
    hint: `docket ${command} show ${other.slug}`,
  });
}

async function reread<T extends RegistryEntry>(
  db: Db,
  kind: RegistryKind<T>,
  id: string,
): Promise<T> {
  const [entry] = await findRegistryEntries(db, kind.table, [id]);
  if (entry === undefined) throw new Error(`${kind.noun} ${id} is gone`);
  return entry;
}

const namesShown = 8;

/** Names an entry of a workspace's registry. */
export interface ByName {
  readonly workspaceId: string;
  /** The entry's name, slug or id. */
  readonly name: string;
}

/** Asks for a registry entry by its name, slug or id. */
export function byNameRequest<T extends RegistryEntry>(
  { table }: RegistryKind<T>,
  { workspaceId, name }: ByName,
): Request<T | undefined> {
  const bySlug = registryEntryBySlug(table, { workspaceId, slug: entrySlug(name) });
  const both = together(bySlug, registryEntriesByIds(table, [name.trim()]));
  return {
    statements: both.statements,
    read(results) {
      const [named, [known]] = both.read(results);
      return named ?? (known?.workspaceId === workspaceId ? known : undefined);
    },
  };
}

/**
 * Finds a registry entry by its name, slug or id.
 *
 * @throws DocketError `not_found` with the name that is near, or with those that there are.
 */
export async function findByName<T extends RegistryEntry>(
  db: Db,
  kind: RegistryKind<T>,
  by: { workspaceId: string; name: string },
): Promise<T> {
  return requireNamed(db, kind, { ...by, found: await ask(db, namedRequest(kind, by)) });
}

/** Asks for the registry entry with this name, slug or id. */
export function namedRequest<T extends RegistryEntry>(
  { table }: RegistryKind<T>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Request<T | undefined> {
  const slug = entrySlug(name);
  const found = together(
    slug === '' ? known(undefined) : registryEntryBySlug(table, { workspaceId, slug }),
    registryEntriesByIds(table, [name.trim()]),
  );
  return mapped(
    found,
    ([bySlug, byId]) => bySlug ?? byId.find((entry) => entry.workspaceId === workspaceId),
  );
}

/** Requires that an entry was found; the error names those that there are. @throws DocketError */
export async function requireNamed<T extends RegistryEntry>(
  db: Db,
  kind: RegistryKind<T>,
  { found, ...by }: { workspaceId: string; name: string; found: T | undefined },
): Promise<T> {
  if (found !== undefined) return found;
  throw await notFound(db, kind, by);
}

/**
 * Finds a registry entry that a new task can be for.
 *
 * @throws DocketError `not_found`, `invalid_input` when it is archived
 */
export async function findInUse<T extends RegistryEntry>(
  db: Db,
  kind: RegistryKind<T>,
  by: ByName,
): Promise<T> {
  return requireInUse(kind, await findByName(db, kind, by));
}

/**
 * Requires that a registry entry is in use.
 *
 * @throws DocketError `invalid_input` when it is archived
 */
export function requireInUse<T extends RegistryEntry>(kind: RegistryKind<T>, found: T): T {
  if (found.archivedAt === null) return found;
  throw new DocketError('invalid_input', `the ${kind.noun} ${found.slug} is archived`, {
    hint: `docket ${kind.command} archive ${found.slug} --restore`,
  });
}

export async function notFound<T extends RegistryEntry>(
  db: Db,
  { noun, command, table }: RegistryKind<T>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<DocketError> {
  const all = await ask(db, registryRows(table, { workspaceId, withArchived: true }));
  const slugs = all.map(({ slug }) => slug);
  const nearest = findNearest(entrySlug(name), slugs);
  const more = slugs.length > namesShown ? ', ...' : '';
  const named =
    nearest === undefined
      ? `known: ${slugs.slice(0, namesShown).join(', ')}${more}`
      : `did you mean ${nearest}?`;
  return new DocketError('not_found', `there is no ${noun} ${JSON.stringify(name)}`, {
    hint: [`docket ${command} add NAME makes one`, ...(slugs.length > 0 ? [named] : [])].join('; '),
  });
}
