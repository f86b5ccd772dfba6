import { existsSync, mkdirSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { briefPrompt } from '../../lib/briefing/prompt-briefing.ts';
import { createLastList, readList } from '../../lib/briefing/read-list.ts';
import { knownVersion } from '../../lib/store/migrations/known-version.ts';
import { sqliteMigrations } from '../../lib/store/migrations/sqlite.gen.ts';
import { createHookUser, type HookUser, workspace } from '../hooks/hook-user.ts';
import { fillSecondSchema } from '../store/sqlite/second-schema.ts';
import { hookContextOf } from './context-of.ts';

const now = Date.UTC(2026, 10, 21, 10);

/** Somebody whose file an older docket has left, with two tasks. */
function personOf(version: number): HookUser {
  const person = createHookUser();
  mkdirSync(dirname(person.database), { recursive: true });
  const file = fillSecondSchema(person.database, workspace.id);
  // As a migration itself does.
  if ('enableDefensive' in file) file.enableDefensive(false);
  for (const migration of sqliteMigrations.filter((each) => each.version <= version).slice(2)) {
    file.exec(migration.sql);
    file
      .prepare('INSERT INTO docket_migrations VALUES (?, ?, ?, ?, ?)')
      .run(migration.version, migration.name, 1, 2, '2026-11-21 10:02:00.000');
  }
  file.close();
  return person;
}

const brief = (person: HookUser) => briefPrompt(hookContextOf(person), { env: person.env, now });

test.each([2, 4])(
  'a prompt after an upgrade brings the file of schema %i along, says so once and shows the list',
  async (version) => {
    const person = personOf(version);
    const answer = await brief(person);
    const copy = `${person.database}.schema-${version}`;
    expect(answer?.systemMessage).toBe(
      `docket: Migrated ${person.database} from schema ${version} to ${knownVersion}; a copy from before is ${copy}.`,
    );
    expect(answer?.context).toContain('- web-a P2 Old');
    expect(existsSync(copy)).toBe(true);
    expect((await brief(person))?.systemMessage).toBeUndefined();
  },
);

test('a file that takes long to bring along is left to the command that says how it goes', async () => {
  const person = personOf(4);
  // Zeros at its end are pages that SQLite does not look at.
  truncateSync(person.database, 33 * 1024 * 1024);
  const answer = await brief(person);
  expect(answer?.systemMessage).toContain(
    `cannot be used: the database has schema 4; this docket needs ${knownVersion}: docket migrate.`,
  );
});

test('who tells nobody of it leaves such a file as it is', async () => {
  const person = personOf(4);
  const hook = hookContextOf(person);
  const result = await readList(hook, person.env, { now, lastList: createLastList(hook) });
  expect(result).toEqual({
    kind: 'away',
    reason: 'it has the schema of an older docket, which the next docket command updates',
  });
  expect(existsSync(`${person.database}.schema-4`)).toBe(false);
});
