import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knownVersion } from '../lib/store/migrations/known-version.ts';
import type { Migration } from '../lib/store/migrations/migration.ts';
import { mysqlMigrations } from '../lib/store/migrations/mysql.gen.ts';
import { sqliteMigrations } from '../lib/store/migrations/sqlite.gen.ts';
import { readCompatibility } from '../scripts/embed-migrations.ts';
import { generated } from '../scripts/generate.ts';

test.each([...generated])(
  '%s is what its sources give (npm run generate)',
  async (path, render) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(await render());
  },
);

test('the known schema version is that of the newest migration, and both dialects say the same', () => {
  expect(sqliteMigrations.at(-1)?.version).toBe(knownVersion);
  const withoutStatements = ({ sql: _, ...step }: Migration) => step;
  expect(mysqlMigrations.map(withoutStatements)).toEqual(sqliteMigrations.map(withoutStatements));
});

test('a migration without its line of compatibility is refused, and no number is guessed', () => {
  const line = '-- oldest reader 1, oldest writer 2';
  const read = (sql: string) => readCompatibility(sql, 'mysql/0009-more.sql');
  expect(read(`${line}\nSELECT 1;`)).toEqual({ oldestReader: 1, oldestWriter: 2 });
  expect(() => read('-- oldest reader 1\nSELECT 1;')).toThrow('mysql/0009-more.sql has no line');
});
