import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrationRights } from '../../../../lib/tracker/database/migration-rights.ts';
import { createUser, freshDatabase } from '../../../engines/database.ts';
import { serverEngines } from '../../../engines/engines.ts';
import { everydayRights } from '../../../engines/server.ts';
import { git, makeRepository, makeSetupUser } from '../../../install/setup-user.ts';

describe.each(serverEngines)('$name', (engine) => {
  test('two people with a clone each share a list on a server that an admin migrated', async (context) => {
    const database = await freshDatabase(engine, context);
    const users = await Promise.all(
      ['alice', 'bob'].map((name) => createUser(engine, database, { test: context, name })),
    );
    const [alice, bob] = users.map(({ user, password }) =>
      makeSetupUser({ DOCKET_USER: user, DOCKET_PASSWORD: password, DOCKET_ACTOR: `${user}@one` }),
    );
    if (alice === undefined || bob === undefined) throw new Error('two users were made');
    const source = makeRepository(alice, 'web');
    git(alice.base, 'clone', '--quiet', source, 'clone');
    const mine = join(alice.base, 'clone');
    const url = database.url.replace('root@', '');

    const early = await alice.docket(mine, 'init', '--json', '--database', url);
    expect(early.exitCode).toBe(1);
    expect(JSON.parse(early.stdout).error).toMatchObject({
      code: 'migration_due',
      hint: expect.stringContaining(`docket migrate --database '${url}'`),
    });
    expect(existsSync(join(mine, '.claude'))).toBe(false);
    const listed = await alice.docket(alice.base, 'list', '--json', '--database', url);
    expect(JSON.parse(listed.stdout).error).toMatchObject({
      code: 'migration_due',
      hint: expect.stringContaining(`docket migrate --database '${url}'`),
    });
    const denied = await alice.docket(mine, 'migrate', '--json', '--database', url);
    expect(JSON.parse(denied.stdout).error.message).toContain('CREATE, ALTER');

    const admin = makeSetupUser();
    const migrated = await admin.docket(admin.base, 'migrate', '--database', database.url);
    expect(migrated.exitCode).toBe(0);

    expect((await alice.docket(mine, 'init', '--database', url)).exitCode).toBe(0);
    const config = JSON.parse(readFileSync(join(mine, '.claude/docket.json'), 'utf8'));
    expect(config.database).toBe(url);
    await alice.docket(mine, 'create', 'Seen by all');
    git(bob.base, 'clone', '--quiet', source, 'clone');
    const theirs = join(bob.base, 'clone');
    const joined = await bob.docket(theirs, 'init', '--json', '--database', url);
    expect(JSON.parse(joined.stdout).data.workspace).toEqual({
      ...config.workspace,
      membership: 'joined',
    });
    expect((await bob.docket(theirs, 'list')).stdout).toContain('Seen by all');
    const { stdout } = await bob.docket(theirs, 'doctor', '--json');
    const found = JSON.parse(stdout).data.checks.find(
      ({ name }: { name: string }) => name === 'database',
    );
    expect(found).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('1 task so far'),
    });
  });

  test('an empty database gets its tables, and the next command logs in as the same user', async (context) => {
    const database = await freshDatabase(engine, context);
    const rights = [...everydayRights, ...migrationRights.split(/, | and /)];
    const { user, password, url } = await createUser(engine, database, {
      test: context,
      name: 'alice',
      rights,
    });
    const person = makeSetupUser({ DOCKET_PASSWORD: password });
    const folder = makeRepository(person, 'web');
    await person.docket(folder, 'init');
    await person.docket(folder, 'create', 'Stays behind');
    const made = await person.docket(folder, 'init', '--database', url);
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    const plain = database.url.replace('root@', '');
    expect(made.stdout).toContain(`Made docket's tables in ${plain}`);
    expect(made.stdout).toContain('1 open task stays in sqlite:');
    expect(readFileSync(join(folder, '.claude/docket.json'), 'utf8')).not.toContain(user);
    expect((await person.docket(folder, 'create', 'Of the team')).exitCode).toBe(0);
    const where = await person.docket(folder, 'where', '--json');
    expect(JSON.parse(where.stdout).data.user).toBe(user);
    const again = await person.docket(folder, 'init', '--json', '--database', plain);
    expect(JSON.parse(again.stdout).data.madeTables).toBe(false);
    expect(again.stdout).not.toContain('open task');
  });

  test('a database of docket.json that is empty gets its tables again by init', async (context) => {
    const database = await freshDatabase(engine, context);
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    expect((await person.docket(folder, 'init', '--database', database.url)).exitCode).toBe(0);
    const before = readFileSync(join(folder, '.claude/docket.json'), 'utf8');
    await engine.createDatabase(database.name);
    const lost = await person.docket(folder, 'list', '--json');
    expect(JSON.parse(lost.stdout).error).toMatchObject({
      code: 'migration_due',
      message: 'the database has no docket tables',
    });
    const { stdout } = await person.docket(folder, 'doctor');
    expect(stdout).toContain('does not have the list web any more');
    const stranger = makeSetupUser();
    const seen = await stranger.docket(stranger.base, 'doctor', '--database', database.url);
    expect(seen.stdout).toContain('has no docket tables');
    const again = await person.docket(folder, 'init');
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).toContain("Made docket's tables in");
    expect(readFileSync(join(folder, '.claude/docket.json'), 'utf8')).toBe(before);
    expect((await person.docket(folder, 'create', 'Anew')).exitCode).toBe(0);
  });

  test('a wrong password is named as such, with where to put the right one', async (context) => {
    const database = await freshDatabase(engine, context);
    const { user } = await createUser(engine, database, { test: context, name: 'alice' });
    const person = makeSetupUser({ DOCKET_USER: user, DOCKET_PASSWORD: 'not-that-one' });
    const folder = makeRepository(person, 'web');
    const url = database.url.replace('root@', '');
    const { exitCode, stderr } = await person.docket(folder, 'init', '--database', url);
    expect(exitCode).toBe(69);
    expect(stderr).toMatch(/wrong user name or password/);
    expect(stderr).not.toContain('not-that-one');
    const { stdout } = await person.docket(folder, 'doctor', '--json', '--database', url);
    const found = JSON.parse(stdout).data.checks.find(
      ({ name }: { name: string }) => name === 'database',
    );
    expect(found).toMatchObject({
      status: 'fail',
      next: expect.stringContaining('credentials.json'),
    });
  });
});
