import type { RegistryEntry } from '../../model/registry/entry.ts';
import type { Db, Row, SqlValue } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { text, time, timeOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { now } from '../sql/now.ts';
import { ask, query, type Request } from '../sql/request.ts';

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

export async function insertRegistryEntry<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  row: Pick<
    RegistryEntry,
    'id' | 'workspaceId' | 'slug' | 'name' | 'note' | 'createdBy' | 'revision'
  > & {
    readonly own: RegistryColumns;
  },
): Promise<void> {
  const own = Object.entries(row.own);
  await db.run(
    `INSERT INTO ${table.name} (id, workspace_id, slug, name, note, created_at, created_by,
       updated_at, revision${own.map(([column]) => `, ${column}`).join('')})
     VALUES (?, ?, ?, ?, ?, ${db.dialect.now}, ?, ${db.dialect.now}, ?${', ?'.repeat(own.length)})`,
    [
      row.id,
      row.workspaceId,
      row.slug,
      row.name,
      row.note,
      row.createdBy,
      row.revision,
      ...own.map(([, value]) => value),
    ],
  );
}

/**
 * Writes columns and a fresh revision, provided the row is still as the caller read it.
 *
 * @throws StoreError `conflict` when another writer was faster.
 */
export async function updateRegistryEntry<T extends RegistryEntry>(
  db: Db,
  table: RegistryTable<T>,
  {
    id,
    revision,
    change,
  }: Pick<RegistryEntry, 'id' | 'revision'> & { readonly change: RegistryChange },
): Promise<void> {
  const sets: string[] = [];
  const params: SqlValue[] = [];
  for (const [column, value] of Object.entries(change)) {
    sets.push(`${column} = ${value === now ? db.dialect.now : '?'}`);
    if (value !== now) params.push(value as SqlValue);
  }
  const changed = await db.run(
    `UPDATE ${table.name} SET ${sets.join(', ')}, updated_at = ${db.dialect.now}
     WHERE id = ? AND revision = ?`,
    [...params, id, revision],
  );
  if (changed === 0) throw new StoreError('conflict', `${table.name} ${id} was changed meanwhile`);
}

/** Columns to write; `now` stands for the database's clock. */
export type RegistryChange = Readonly<Record<string, SqlValue | typeof now>> & {
  readonly revision: string;
};

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

/** Their slugs, by id. */
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

/** All of a workspace, or those in use, by slug. */
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
