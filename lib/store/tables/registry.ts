import type { RegistryEntry } from '../../model/registry/entry.ts';
import type { Db, Dialect, Row, SqlValue } from '../contract.ts';
import { text, time, timeOrNull } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';
import { now } from '../sql/now.ts';
import {
  assignments,
  insertRow,
  runWrites,
  type Values,
  type WriteStatement,
} from '../sql/write.ts';

/** One table of clients, projects or infrastructure, whose rows have the same beginning. */
export interface RegistryTable<T extends RegistryEntry> {
  readonly name: 'clients' | 'projects' | 'infrastructure';
  /** Columns that only this table has. */
  readonly own: readonly string[];
  toOwn(row: Row): Omit<T, keyof RegistryEntry>;
  /** Their values, by column. */
  fromOwn(subject: T): RegistryColumns;
}

const shared = `id, workspace_id, slug, name, note, archived_at, created_at, created_by, updated_at,
  revision`;

/** The values of columns, by column. */
export type RegistryColumns = Readonly<Record<string, SqlValue>>;

/** A client, project or infrastructure to record. */
export type NewRegistryEntry = Pick<
  RegistryEntry,
  'id' | 'workspaceId' | 'slug' | 'name' | 'note' | 'createdBy' | 'revision'
> & { readonly own: RegistryColumns };

export async function insertRegistryEntry<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  entry: NewRegistryEntry,
): Promise<void> {
  await runWrites(db, [insertRegistryEntryStatement(db.dialect, table, entry)]);
}

export function insertRegistryEntryStatement<T extends RegistryEntry>(
  dialect: Dialect,
  { name: table }: RegistryTable<T>,
  { id, workspaceId, slug, name, note, createdBy, revision, own }: NewRegistryEntry,
): WriteStatement {
  return insertRow(dialect, table, {
    id,
    workspace_id: workspaceId,
    slug,
    name,
    note,
    created_at: now,
    created_by: createdBy,
    updated_at: now,
    revision,
    ...own,
  });
}

/**
 * Writes columns and a fresh revision, provided the row is still as the caller read it.
 *
 * @throws StoreError `conflict` when another writer was faster.
 */
export async function updateRegistryEntry<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  entry: Pick<RegistryEntry, 'id' | 'revision'> & { readonly change: RegistryChange },
): Promise<void> {
  await runWrites(db, [updateRegistryEntryStatement(db.dialect, table, entry)]);
}

export function updateRegistryEntryStatement<T extends RegistryEntry>(
  dialect: Dialect,
  { name }: RegistryTable<T>,
  {
    id,
    revision,
    change,
  }: Pick<RegistryEntry, 'id' | 'revision'> & { readonly change: RegistryChange },
): WriteStatement {
  const { sets, params } = assignments(dialect, { ...change, updated_at: now });
  return {
    sql: `UPDATE ${name} SET ${sets} WHERE id = ? AND revision = ?`,
    params: [...params, id, revision],
    mustFind: 1,
    written: `${name} ${id}`,
  };
}

/** Columns to write; `now` stands for the database's clock. */
export type RegistryChange = Values & {
  readonly revision: string;
};

export async function findRegistryEntries<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  ids: readonly string[],
): Promise<readonly T[]> {
  const rows = await queryIn(
    db,
    ids,
    (list) => `SELECT ${columnsOf(table)} FROM ${table.name} WHERE id IN (${list}) ORDER BY id`,
  );
  return rows.map((row) => toRegistryEntry(table, row));
}

/** Their slugs, by id. */
export async function findSlugs<T extends RegistryEntry>(
  db: Db,
  { name }: RegistryTable<T>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queryIn(
    db,
    ids,
    (list) => `SELECT id, slug FROM ${name} WHERE id IN (${list}) ORDER BY id`,
  );
  return new Map(rows.map((row) => [text(row, 'id'), text(row, 'slug')]));
}

export async function findRegistryEntryBySlug<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  { workspaceId, slug }: Pick<RegistryEntry, 'workspaceId' | 'slug'>,
): Promise<T | undefined> {
  const [row] = await db.query(
    `SELECT ${columnsOf(table)} FROM ${table.name} WHERE workspace_id = ? AND slug = ?`,
    [workspaceId, slug],
  );
  return row && toRegistryEntry(table, row);
}

/** All of a workspace, or those in use, by slug. */
export async function listRegistryRows<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  { workspaceId, withArchived }: { workspaceId: string; withArchived: boolean },
): Promise<readonly T[]> {
  const rows = await db.query(
    `SELECT ${columnsOf(table)} FROM ${table.name}
     WHERE workspace_id = ? ${withArchived ? '' : 'AND archived_at IS NULL'}
     ORDER BY workspace_id, slug`,
    [workspaceId],
  );
  return rows.map((row) => toRegistryEntry(table, row));
}

function columnsOf<T extends RegistryEntry>({ own }: RegistryTable<T>): string {
  return [shared, ...own].join(', ');
}

function toRegistryEntry<T extends RegistryEntry>(table: RegistryTable<T>, row: Row): T {
  const common: RegistryEntry = {
    id: text(row, 'id'),
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
