import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embeddedMigrations } from '../lib/store/migrations/embedded.gen.ts';
import { knownVersion } from '../lib/store/migrations/known-version.ts';
import { generated } from '../scripts/generate.ts';

test.each([...generated])('%s is what its sources give (npm run generate)', (path, render) => {
  expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(render());
});

test('the known schema version is that of the newest migration of both dialects', () => {
  expect(embeddedMigrations.sqlite.at(-1)?.version).toBe(knownVersion);
  expect(embeddedMigrations.mysql.map(({ version, name }) => [version, name])).toEqual(
    embeddedMigrations.sqlite.map(({ version, name }) => [version, name]),
  );
});
