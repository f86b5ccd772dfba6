import { expect, test } from 'vitest';
import { sqliteMigrations } from '../../../lib/store/migrations/sqlite.gen.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { versionsAfter } from '../../conformance/database/versions-after.ts';
import { fillSecondSchema } from './second-schema.ts';
import { temporaryFile } from './temporary-file.ts';

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
  expect(await store.db.query('SELECT * FROM tasks ORDER BY id')).toMatchObject(rows);

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
