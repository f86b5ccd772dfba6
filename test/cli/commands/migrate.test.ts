import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { knownVersion } from '../../../lib/store/migrations/known-version.ts';
import { makeSetupUser } from '../../install/setup-user.ts';

test('an empty database is migrated, with a line of progress; then there is nothing to do', async () => {
  const person = makeSetupUser();
  const url = `sqlite:${join(person.base, 'tasks.db')}`;
  const first = await person.docket(person.base, 'migrate', '--json', '--database', url);
  expect(JSON.parse(first.stdout).data).toMatchObject({ database: url, from: 0, to: knownVersion });
  expect(first.progress).toEqual([`Making docket's tables in ${url} ...`]);
  const again = await person.docket(person.base, 'migrate', '--database', url);
  expect(again.stdout).toBe(`Nothing to do: ${url} has schema ${knownVersion}\n`);
  expect(again.progress).toEqual([]);
});

test('a database that needs a newer docket is refused', async () => {
  const person = makeSetupUser();
  const path = join(person.base, 'tasks.db');
  await person.docket(person.base, 'migrate', '--database', `sqlite:${path}`);
  const database = new DatabaseSync(path);
  database.exec(`INSERT INTO docket_migrations VALUES (999, 'later', 999, 999, 'now')`);
  database.close();
  const url = `sqlite:${path}`;
  const answer = await person.docket(person.base, 'migrate', '--json', '--database', url);
  expect(answer.exitCode).toBe(1);
  expect(JSON.parse(answer.stdout).error.code).toBe('schema_too_new');
});

test('what is no database is an error, and stays as it is', async () => {
  const person = makeSetupUser();
  const path = join(person.base, 'tasks.db');
  writeFileSync(path, 'This is no database. '.repeat(100));
  const { exitCode, stderr } = await person.docket(
    person.base,
    'migrate',
    '--database',
    `sqlite:${path}`,
  );
  expect(exitCode).toBe(69);
  expect(stderr).toContain('is not a database');
});

test('in a repository that is not set up, the default database is meant', async () => {
  const person = makeSetupUser();
  const { stdout } = await person.docket(person.base, 'migrate');
  expect(stdout).toContain(join(person.home, '.local/share/docket/docket.db'));
});

test('a server that does not answer leads to the doctor of the same database', async () => {
  const person = makeSetupUser();
  const url = 'mysql://127.0.0.1:1/docket';
  const answer = await person.docket(person.base, 'migrate', '--json', '--database', url);
  expect(answer.exitCode).toBe(69);
  expect(JSON.parse(answer.stdout).error.hint).toBe(`docket doctor --database '${url}' says why`);
});
