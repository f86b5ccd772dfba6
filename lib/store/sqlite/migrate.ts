import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Db, MigrateOptions } from '../contract.ts';
import { schemaTable } from '../migrations/known-version.ts';
import type { Migration } from '../migrations/migration.ts';
import { readSchemaState } from '../migrations/schema-state.ts';
import { sqliteMigrations } from '../migrations/sqlite.gen.ts';
import { copyFile } from './copy-file.ts';
import { translateSqliteError } from './errors.ts';
import { rollBack } from './transaction.ts';

const createTable = `CREATE TABLE IF NOT EXISTS ${schemaTable} (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  oldest_reader INTEGER NOT NULL,
  oldest_writer INTEGER NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`;

/**
 * Applies what is pending in one transaction. SQLite's DDL is transactional and BEGIN IMMEDIATE
 * admits one writer, so of many first starts one migrates and the rest find nothing to do. A file
 * that has tasks is copied before: what a step does wrong must not be all that is left.
 */
export async function migrateSqlite(
  { connection, db, path }: { connection: DatabaseSync; db: Db; path: string },
  { onCopy }: MigrateOptions = {},
): Promise<readonly number[]> {
  let copy: string | undefined;
  try {
    connection.exec('BEGIN IMMEDIATE');
    connection.exec(createTable);
    const { version } = await readSchemaState(db);
    const pending = sqliteMigrations.filter((step) => step.version > version);
    if (version > 0 && pending.length > 0) copy = copyFile(path, version);
    for (const step of pending) {
      execute(connection, step);
      await db.run(`INSERT INTO ${schemaTable} VALUES (?, ?, ?, ?, ${db.dialect.now})`, [
        step.version,
        step.name,
        step.oldestReader,
        step.oldestWriter,
      ]);
    }
    connection.exec('COMMIT');
    if (copy !== undefined) onCopy?.(copy);
    return pending.map((step) => step.version);
  } catch (error) {
    rollBack(connection);
    if (copy !== undefined) rmSync(copy, { force: true });
    throw error instanceof Error && 'errcode' in error ? translateSqliteError(error) : error;
  }
}

/** A step may edit the schema's own text, which newer versions of Node.js forbid by default. */
function execute(connection: DatabaseSync, { sql }: Migration): void {
  const canDefend = 'enableDefensive' in connection;
  if (canDefend) connection.enableDefensive(false);
  try {
    connection.exec(sql);
  } finally {
    if (canDefend) connection.enableDefensive(true);
  }
}
