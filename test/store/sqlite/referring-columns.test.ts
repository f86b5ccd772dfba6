import { expect, test } from 'vitest';
import { text } from '../../../lib/store/sql/columns.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';

/** The tables that lose rows, when tasks are archived or a copy is brought in line. */
const losing: ReadonlySet<string> = new Set(['tasks', 'agent_runs']);

// SQLite looks for what refers to a row that goes, and goes over the whole table without an index.
test('what refers to a row that may go is found along an index', async () => {
  const store = await openSqlite(':memory:', { mode: 'write' });
  await store.migrate();
  const { db } = store;
  const namesOf = async (sql: string, column: string) =>
    (await db.query(sql)).map((row) => text(row, column));
  const found: string[] = [];
  const missing: string[] = [];
  for (const table of await namesOf(
    "SELECT name FROM sqlite_master WHERE type = 'table'",
    'name',
  )) {
    const leading = await namesOf(
      `SELECT i.name AS name FROM pragma_index_list('${table}') l
         JOIN pragma_index_info(l.name) i WHERE i.seqno = 0
       UNION SELECT name FROM pragma_table_info('${table}') WHERE pk = 1`,
      'name',
    );
    for (const row of await db.query(`PRAGMA foreign_key_list(${table})`)) {
      if (!losing.has(text(row, 'table'))) continue;
      const column = text(row, 'from');
      (leading.includes(column) ? found : missing).push(`${table}.${column}`);
    }
  }
  await store.close();
  expect(missing).toEqual([]);
  expect(found).toEqual(expect.arrayContaining(['tasks.parent_task_id', 'task_notes.task_id']));
});
