import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { sqliteMigrations } from '../../../lib/store/migrations/sqlite.gen.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { versionsAfter } from '../../conformance/database/versions-after.ts';
import { temporaryFile } from './temporary-file.ts';

const time = '2026-11-21 10:02:00.000';

/** A file as a docket of the second schema has left it, with one row in each table that changes. */
function fillSecondSchema(path: string): DatabaseSync {
  const connection = new DatabaseSync(path);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON');
  for (const { sql } of sqliteMigrations.slice(0, 2)) connection.exec(sql);
  connection.exec(`CREATE TABLE docket_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,
      oldest_reader INTEGER NOT NULL, oldest_writer INTEGER NOT NULL, applied_at TEXT NOT NULL) STRICT;
    INSERT INTO docket_migrations VALUES (1, 'foundation', 1, 1, '${time}'),
      (2, 'orchestrator', 1, 2, '${time}');
    INSERT INTO workspaces (id, slug, guard_token, created_at, created_by)
      VALUES ('w', 'web', 't', '${time}', 'alice');
    INSERT INTO tasks (id, task_key, workspace_id, title, status, task_type, priority,
      created_session_id, created_at, created_by, updated_at, revision, queue)
      VALUES ('a', 'web-a', 'w', 'Old', 'pending', 'research', 2, 's', '${time}', 'alice', '${time}',
        'r', 'ready'), ('b', 'web-b', 'w', 'Old', 'pending', 'research', 2, 's', '${time}', 'alice',
        '${time}', 'r', 'ready');
    INSERT INTO task_dependencies VALUES ('a', 'b', 'related', '${time}', 'alice');
    INSERT INTO clients (id, workspace_id, slug, name, note, created_at, created_by, updated_at, revision)
      VALUES ('c', 'w', 'acme', 'Acme', '', '${time}', 'alice', '${time}', 'r')`);
  return connection;
}

test('the checks that repeat the words of an enumeration are gone, and the rows are not', async () => {
  const path = temporaryFile();
  const other = fillSecondSchema(path);
  const chore = other.prepare("UPDATE tasks SET task_type = 'chore' WHERE id = 'a'");
  expect(() => chore.run()).toThrow('CHECK constraint failed');
  const rows = other.prepare('SELECT * FROM tasks ORDER BY id').all();

  const store = await openSqlite(path, { mode: 'write' });
  expect(await store.migrate()).toEqual(versionsAfter(2, sqliteMigrations));
  expect(await store.migrate()).toEqual([]);
  const schema = await store.db.query('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL');
  const lists = schema.flatMap(({ sql }) => String(sql).match(/CHECK \(\w+ IN [^)]*\)\)/g) ?? []);
  expect(lists).toEqual(['CHECK (billable IN (0, 1))']);
  expect(schema.map(({ name }) => name)).not.toContain('schema_was_edited');
  expect(await store.db.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await store.db.query('PRAGMA foreign_key_check')).toEqual([]);
  expect(await store.db.query('SELECT * FROM tasks ORDER BY id')).toEqual(rows);

  // A connection that was open all the time, and a statement that it had prepared.
  expect(chore.run()).toMatchObject({ changes: 1 });
  for (const set of ["status = 'completed'", "queue = 'waiting'", 'priority = 5', "title = ''"]) {
    expect(() => other.exec(`UPDATE tasks SET ${set}`), set).toThrow('CHECK constraint failed');
  }
  expect(() => other.exec("UPDATE tasks SET parent_task_id = 'x'")).toThrow('FOREIGN KEY');
  other.close();
  await store.close();
});

test('the schema cannot be edited after the migration', async () => {
  const store = await openSqlite(temporaryFile(), { mode: 'write' });
  await store.migrate();
  await expect(store.db.run("UPDATE sqlite_schema SET sql = ''")).rejects.toThrow(
    'may not be modified',
  );
  await store.close();
});
