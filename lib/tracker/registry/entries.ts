import { DocketError } from '../../model/errors.ts';
import { findNearest } from '../../model/nearest.ts';
import { type RegistryEntry, subjectSlug } from '../../model/registry/entry.ts';
import type { Db } from '../../store/contract.ts';
import { now } from '../../store/sql/now.ts';
import {
  findRegistryEntries,
  findRegistryEntryBySlug,
  insertRegistryEntry,
  listRegistryRows,
  type RegistryChange,
  type RegistryColumns,
  updateRegistryEntry,
} from '../../store/tables/registry.ts';
import { makeId, makeToken } from '../ids.ts';
import type { Write } from '../write.ts';
import type { RegistryKind } from './kinds.ts';

// What clients, projects and infrastructure have in common, inside a transaction.

/** Columns of a new one, or of what is to change. */
export interface RegistryFields {
  readonly name: string;
  readonly note: string;
  readonly own: RegistryColumns;
}

/** @throws DocketError `conflict` when the name is taken. */
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
  const row = { id, workspaceId, slug, name, note, own, createdBy, revision };
  await insertRegistryEntry(write.db, kind.table, row);
  write.record({ verb: 'added', taskId: null, key: slug, new: { [kind.noun]: slug, name } });
  return reread(write.db, kind, id);
}

/** Writes what differs. @throws DocketError `conflict` when a new name is taken. */
export async function changeNamed<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { subject, fields: { own, ...fields } }: { subject: T; fields: Partial<RegistryFields> },
): Promise<T> {
  const wanted = { ...fields, ...own };
  const { name, note } = subject;
  const before: RegistryColumns = { name, note, ...kind.table.fromOwn(subject) };
  const changed = Object.entries(wanted).filter(([column, value]) => value !== before[column]);
  if (changed.length === 0) return subject;
  const change = Object.fromEntries(changed);
  const slug =
    change.name === undefined
      ? subject.slug
      : await requireFree(write, kind, { name: String(change.name), self: subject });
  await updateRegistryEntry(write.db, kind.table, {
    ...subject,
    change: { ...change, slug, revision: makeToken() },
  });
  const old = Object.fromEntries(changed.map(([column]) => [column, before[column]]));
  write.record({
    verb: 'updated',
    taskId: null,
    key: slug,
    old: { [kind.noun]: subject.slug, ...old },
    new: { [kind.noun]: slug, ...change },
  });
  return reread(write.db, kind, subject.id);
}

/** Takes it out of use, or back in. */
export async function archiveNamed<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { subject, isRestored }: { subject: T; isRestored: boolean },
): Promise<T> {
  if ((subject.archivedAt === null) === isRestored) return subject;
  const change: RegistryChange = { archived_at: isRestored ? null : now, revision: makeToken() };
  await updateRegistryEntry(write.db, kind.table, { ...subject, change });
  write.record({
    verb: isRestored ? 'restored' : 'archived',
    taskId: null,
    key: subject.slug,
    new: { [kind.noun]: subject.slug },
  });
  return reread(write.db, kind, subject.id);
}

async function requireFree<T extends RegistryEntry>(
  write: Write,
  { noun, command, table }: RegistryKind<T>,
  { name, self }: { name: string; self?: T },
): Promise<string> {
  const slug = subjectSlug(name);
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
  const [subject] = await findRegistryEntries(db, kind.table, [id]);
  if (subject === undefined) throw new Error(`${kind.noun} ${id} is gone`);
  return subject;
}

const namesShown = 8;

/**
 * Finds a client, a project or infrastructure by its name, its slug or its id.
 *
 * @throws DocketError `not_found` with the name that is near, or with those that there are.
 */
export async function findByName<T extends RegistryEntry>(
  db: Db,
  kind: RegistryKind<T>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<T> {
  const slug = subjectSlug(name);
  const found = slug && (await findRegistryEntryBySlug(db, kind.table, { workspaceId, slug }));
  if (found) return found;
  const [byId] = await findRegistryEntries(db, kind.table, [name.trim()]);
  if (byId?.workspaceId === workspaceId) return byId;
  throw await notFound(db, kind, { workspaceId, name });
}

/**
 * The same for what a new task can be for.
 *
 * @throws DocketError `not_found`, `invalid_input` when it is archived
 */
export async function findInUse<T extends RegistryEntry>(
  db: Db,
  kind: RegistryKind<T>,
  by: { workspaceId: string; name: string },
): Promise<T> {
  const found = await findByName(db, kind, by);
  if (found.archivedAt === null) return found;
  throw new DocketError('invalid_input', `the ${kind.noun} ${found.slug} is archived`, {
    hint: `docket ${kind.command} archive ${found.slug} --restore`,
  });
}

async function notFound<T extends RegistryEntry>(
  db: Db,
  { noun, command, table }: RegistryKind<T>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<DocketError> {
  const known = await listRegistryRows(db, table, { workspaceId, withArchived: true });
  const slugs = known.map(({ slug }) => slug);
  const nearest = findNearest(subjectSlug(name), slugs);
  const more = slugs.length > namesShown ? ', ...' : '';
  const named =
    nearest === undefined
      ? `${slugs.slice(0, namesShown).join(', ')}${more}`
      : `did you mean ${nearest}?`;
  return new DocketError('not_found', `there is no ${noun} ${JSON.stringify(name)}`, {
    hint: [`docket ${command} add NAME makes one`, ...(slugs.length > 0 ? [named] : [])].join('; '),
  });
}
