import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDatabase } from '../../lib/config/database.ts';
import { approve } from '../../lib/config/trust.ts';
import { createHookUser } from './hook-user.ts';

const url = 'mysql://127.0.0.1:1/tasks';

test('a password that others can read is not used, and it is said once', async () => {
  const person = createHookUser({ database: url });
  const credentials = join(person.home, '.config/docket/credentials.json');
  writeFileSync(credentials, '{"mysql://127.0.0.1:1/tasks": {"password": "geheim"}}');
  chmodSync(credentials, 0o644);
  const said = await person.prompt();
  expect(said.systemMessage).toContain('can be read by others');
  expect(said.systemMessage).not.toContain('geheim');
  expect(await person.prompt()).toEqual({});
  writeFileSync(credentials, '{"mysql://127.0.0.1:1/tasks": {"password": "geheim"');
  const broken = await person.prompt('session-b');
  expect(broken.systemMessage).toContain('credentials.json is not valid JSON');
  expect(broken.systemMessage).not.toContain('geheim');
});

test('a list of approvals inside the project is not the person’s, whatever its path looks like', async () => {
  const person = createHookUser({ database: url, approves: false });
  const inside = join(person.project, 'config');
  mkdirSync(inside);
  approve({ XDG_CONFIG_HOME: inside }, parseDatabase(url, '/'));
  symlinkSync(inside, join(person.home, 'link'));
  const places = [inside, `${person.project}/../web/config`, join(person.home, 'link')];
  for (const [index, XDG_CONFIG_HOME] of places.entries()) {
    const said = await person.prompt(`session-${index}`, { XDG_CONFIG_HOME });
    expect(said.systemMessage).toContain('is not approved');
  }
  // A project's settings can set HOME as well.
  mkdirSync(join(inside, '.config'));
  symlinkSync(join(inside, 'docket'), join(inside, '.config/docket'));
  const said = await person.prompt('session-h', { HOME: inside });
  expect(said.systemMessage).toContain('is not approved');
});

test('a SQLite file that a repository names needs approval as well', async () => {
  const person = createHookUser({ database: 'sqlite:tasks.db', approves: false });
  const said = await person.prompt();
  expect(said.systemMessage).toContain(`docket trust 'sqlite:${join(person.project, 'tasks.db')}'`);
  approve(person.env, parseDatabase('sqlite:tasks.db', person.project));
  expect((await person.say('session-start', { source: 'startup' })).context).toContain(
    'Nothing is open.',
  );
});
