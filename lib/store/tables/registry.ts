import type { RegistryEntry } from '../../model/registry/entry.ts';
import type { Db, Row, SqlValue } from '../contract.ts';
import { id, text, time, timeOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { ask, query, type Request } from '../sql/request.ts';
import { assignments, insertRow, type WriteStatement } from '../sql/write.ts';

/**
 * One table of registry entries. The tables of clients, projects and infrastructure begin alike.
 */
export interface RegistryTable<T extends RegistryEntry> {
  readonly name: 'clients' | 'projects' | 'infrastructure';
  /** The columns that only this table has. */
  readonly own: readonly string[];
  toOwn(row: Row): Omit<T, keyof RegistryEntry>;
  /** Gives the values of those columns, by column. */
  fromOwn(entry: T): RegistryColumns;
}

const shared = `id, workspace_id, slug, name, note, archived_at, created_at, created_by, updated_at,
  revision`;

/** Values by column. */
export type RegistryColumns = Readonly<Record<string, SqlValue>>;

/** A client, project or infrastructure to record. */
export type NewRegistryEntry = Pick<
  RegistryEntry,
  'id' | 'workspaceId' | 'slug' | 'name' | 'note' | 'createdBy' | 'revision'
> & {
  readonly own: RegistryColumns;
  /** UTC text as stored. */
  readonly at: string;
};

export function insertRegistryEntry<T extends RegistryEntry>(
  { name: table }: RegistryTable<T>,
  { id, workspaceId, slug, name, note, createdBy, revision, own, at }: NewRegistryEntry,
): WriteStatement {
  return insertRow(table, {
    id,
    workspace_id: workspaceId,
    slug,
    name,
    note,
    created_at: at,
    created_by: createdBy,
    updated_at: at,
    revision,
    ...own,
  });
}

/** The columns to write. */
export type RegistryChange = RegistryColumns & {
  readonly revision: string;
  /** UTC text as stored. */
  readonly updated_at: string;
};

/** Writes columns and a fresh revision, provided the row is still as the caller read it. */
export function updateRegistryEntry<T extends RegistryEntry>(
  { name }: RegistryTable<T>,
  { id, revision }: Pick<RegistryEntry, 'id' | 'revision'>,
  change: RegistryChange,
): WriteStatement {
  const { sets, params } = assignments(change);
  return {
    sql: `UPDATE ${name} SET ${sets} WHERE id = ? AND revision = ?`,
    params: [...params, id, revision],
    mustFind: 1,
    written: `${name} ${id}`,
  };
}

export function registryEntriesByIds<T extends RegistryEntry>(
  table: RegistryTable<T>,
  ids: readonly string[],
): Request<readonly T[]> {
  return inList(
    ids,
    (list) => `SELECT ${columnsOf(table)} FROM ${table.name} WHERE id IN (${list}) ORDER BY id`,
    (rows) => rows.map((row) => toRegistryEntry(table, row)),
  );
}

export function findRegistryEntries<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  ids: readonly string[],
): Promise<readonly T[]> {
  return ask(db, registryEntriesByIds(table, ids));
}

/** Finds the slugs of entries, by id. */
export function slugsByIds<T extends RegistryEntry>(
  { name }: RegistryTable<T>,
  ids: readonly string[],
): Request<ReadonlyMap<string, string>> {
  return inList(
    ids,
    (list) => `SELECT id, slug FROM ${name} WHERE id IN (${list}) ORDER BY id`,
    (rows) => new Map(rows.map((row) => [text(row, 'id'), text(row, 'slug')])),
  );
}

export function registryEntryBySlug<T extends RegistryEntry>(
  table: RegistryTable<T>,
  { workspaceId, slug }: Pick<RegistryEntry, 'workspaceId' | 'slug'>,
): Request<T | undefined> {
  return query(
    `SELECT ${columnsOf(table)} FROM ${table.name} WHERE workspace_id = ? AND slug = ?`,
    [workspaceId, slug],
    ([row]) => row && toRegistryEntry(table, row),
  );
}

export function findRegistryEntryBySlug<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  by: Pick<RegistryEntry, 'workspaceId' | 'slug'>,
): Promise<T | undefined> {
  return ask(db, registryEntryBySlug(table, by));
}

/** Asks for the entries of a workspace, or those in use, by slug. */
export function registryRows<T extends RegistryEntry>(
  table: RegistryTable<T>,
  { workspaceId, withArchived }: { workspaceId: string; withArchived: boolean },
): Request<readonly T[]> {
  return query(
    `SELECT ${columnsOf(table)} FROM ${table.name}
     WHERE workspace_id = ? ${withArchived ? '' : 'AND archived_at IS NULL'}
     ORDER BY workspace_id, slug`,
    [workspaceId],
    (rows) => rows.map((row) => toRegistryEntry(table, row)),
  );
}

function columnsOf<T extends RegistryEntry>({ own }: RegistryTable<T>): string {
  return [shared, ...own].join(', ');
}

function toRegistryEntry<T extends RegistryEntry>(table: RegistryTable<T>, row: Row): T {
  const common: RegistryEntry = {
    id: id(row, 'id'),
    workspaceId: text(row, 'workspace_id'),
    slug: text(row, 'slug'),
    name: text(row, 'name'),
    note: text(row, 'note'),
    archivedAt: timeOrNull(row, 'archived_at'),
    createdAt: time(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    updatedAt: time(row, 'updated_at'),
    revision: text(row, 'revision'),
  };
  return { ...common, ...table.toOwn(row) } as T;
}
