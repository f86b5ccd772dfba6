import { DatabaseSync } from 'node:sqlite';
import type { Connection } from 'mysql2/promise';
import type { SqlValue } from '../../lib/store/contract.ts';
import type { SeedRow } from './seed-rows.ts';

/** Writes many rows fast, with direct SQL. All rows of one call have the same columns. */
export interface BulkInsert {
  insert(table: string, rows: readonly SeedRow[]): Promise<void>;
  run(sql: string, values: readonly SqlValue[]): Promise<void>;
  /** Makes everything durable; nothing can be inserted after it. */
  finish(): Promise<void>;
}

/** Writes into a SQLite file without waiting for the disk: the file is measured, not kept. */
export function bulkInsertSqlite(path: string): BulkInsert {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; BEGIN');
  return {
    insert: async (table, rows) => {
      const [first] = rows;
      if (first === undefined) return;
      const statement = database.prepare(`${into(table, first)} (${placeholders(first)})`);
      for (const row of rows) statement.run(...Object.values(row));
    },
    run: async (sql, values) => {
      database.prepare(sql).run(...values);
    },
    finish: async () => {
      database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}

/** Writes over an administrator's connection, in statements of a thousand rows. */
export async function bulkInsertServer(connection: Connection): Promise<BulkInsert> {
  await connection.query('SET foreign_key_checks = 0, unique_checks = 0');
  await connection.query('START TRANSACTION');
  return {
    insert: async (table, rows) => {
      const [first] = rows;
      if (first === undefined) return;
      const values = rows.map((row) => Object.values(row));
      await connection.query(`${into(table, first)} ?`, [values]);
    },
    run: async (sql, values) => {
      await connection.query(sql, [...values]);
    },
    finish: async () => {
      await connection.query('COMMIT');
      await connection.end();
    },
  };
}

function into(table: string, row: SeedRow): string {
  return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES`;
}

function placeholders(row: SeedRow): string {
  return Object.keys(row)
    .map(() => '?')
    .join(', ');
}
