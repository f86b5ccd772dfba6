import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knownVersion } from '../lib/store/migrations/known-version.ts';
import { mysqlMigrations } from '../lib/store/migrations/mysql.gen.ts';
import { sqliteMigrations } from '../lib/store/migrations/sqlite.gen.ts';
import { generated } from '../scripts/generate.ts';

test.each([...generated])(
  '%s is what its sources give (npm run generate)',
  async (path, render) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(await render());
  },
);

test('the known schema version is that of the newest migration of both dialects', () => {
  expect(sqliteMigrations.at(-1)?.version).toBe(knownVersion);
  expect(mysqlMigrations.map(({ version, name }) => [version, name])).toEqual(
    sqliteMigrations.map(({ version, name }) => [version, name]),
  );
});
