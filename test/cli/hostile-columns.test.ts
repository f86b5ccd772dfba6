import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { run } from '../../cli/main.ts';
import { plainStyle } from '../../lib/render/text/style.ts';
import { type CliHarness, openCliHarness } from './cli-harness.ts';
import { fillList, findLeaks, hostile } from './hostile-columns.ts';

type Column = readonly [table: string, column: string];

/** Copies a database into one whose columns take anything, and lists them. */
function loosen(from: string, to: string): readonly Column[] {
  const loose = new DatabaseSync(to);
  loose.exec(`PRAGMA foreign_keys = OFF; ATTACH '${from}' AS old`);
  const schema = loose
    .prepare('SELECT type, name, sql FROM old.sqlite_schema WHERE sql IS NOT NULL')
    .all() as { type: string; name: string; sql: string }[];
  for (const { sql } of schema) {
    loose.exec(sql.replace(/\) STRICT$/, ')').replace('INTEGER PRIMARY KEY', 'PRIMARY KEY'));
  }
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name);
  for (const table of tables) loose.exec(`INSERT INTO ${table} SELECT * FROM old.${table}`);
  const columns = tables.flatMap((table) => {
    const names = loose.prepare('SELECT name FROM pragma_table_info(?)').all(table);
    return names.map(({ name }) => [table, String(name)] as const);
  });
  loose.close();
  return columns;
}

/** Puts text before, or in the place of, every value of a column. */
function spoil(path: string, [table, column]: Column): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
  const value = `? || COALESCE(${column}, rowid)`;
  const { changes } = db.prepare(`UPDATE ${table} SET ${column} = ${value}`).run(hostile);
  db.close();
  expect(Number(changes), `${table} has no row`).toBeGreaterThan(0);
}

/** The same commands without a check of their answers, which are allowed to have any words. */
function unchecked(harness: CliHarness): CliHarness {
  const { env, project: cwd } = harness;
  const io = { env, cwd, style: plainStyle, readStdin: async () => '', progress: () => {} };
  return { ...harness, run: (...argv) => run(argv, io) };
}

test('what is written into any column of a file reaches no terminal and no model as it is', {
  timeout: 900_000,
}, async () => {
  const harness = openCliHarness();
  const commands = await fillList(harness);
  const loose = join(harness.home, 'loose.db');
  const columns = loosen(harness.database, loose);
  expect(columns.length).toBeGreaterThan(150);
  // A checklist's views and a bill's formats have the same data.
  const plain = commands.filter(([verb, , ...more]) => verb !== 'checklist' || more.length === 0);
  const documents = plain.filter((words) => !words.includes('--format'));
  const all = [...commands, ...documents.map((words) => [...words, '--json'])];
  const leaks: string[] = [];
  for (const column of columns) {
    for (const end of ['', '-wal', '-shm']) rmSync(harness.database + end, { force: true });
    copyFileSync(loose, harness.database);
    spoil(harness.database, column);
    const found = await findLeaks(unchecked(harness), all);
    leaks.push(...found.map((leak) => `${column.join('.')}: ${leak}`));
  }
  expect(leaks).toEqual([]);
});
