import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { git, makeRepository, makeSetupUser, type SetupUser } from '../../install/setup-user.ts';

async function where(person: SetupUser, folder: string, ...argv: readonly string[]) {
  const { stdout, exitCode } = await person.docket(folder, 'where', '--json', ...argv);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout).data;
}

test('the list comes from the file of the project, also in a subfolder', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  const sub = join(folder, 'a/b');
  mkdirSync(sub, { recursive: true });
  const expected = {
    workspace: { slug: 'web' },
    configFile: join(folder, '.claude/docket.json'),
    shadowed: [],
    databaseFrom: 'default',
    user: null,
    approved: true,
    actor: 'alice@one',
  };
  expect(await where(person, folder)).toMatchObject(expected);
  expect(await where(person, sub)).toMatchObject(expected);
});

test('a docket.json in a subfolder does not shadow the outer one, and is named', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  const inner = join(folder, 'packages/api');
  mkdirSync(join(inner, '.claude'), { recursive: true });
  const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'api' };
  writeFileSync(join(inner, '.claude/docket.json'), JSON.stringify({ workspace }));
  expect(await where(person, inner)).toMatchObject({
    workspace: { slug: 'web' },
    shadowed: [join(inner, '.claude/docket.json')],
  });
  expect((await person.docket(inner, 'where')).stdout).toMatch(/Not used +.*packages\/api/);
});

test('a worktree without the file uses that of the main one', async () => {
  const person = makeSetupUser();
  const main = makeRepository(person, 'web');
  await person.docket(main, 'init');
  git(main, 'worktree', 'add', '--quiet', '../feature');
  const found = await where(person, join(person.base, 'feature'));
  expect(found.configFile).toBe(join(main, '.claude/docket.json'));
  expect(found.workspace.slug).toBe('web');
});

test('a repository that was never initialised has no list; outside any there is your own', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  expect(await where(person, folder)).toMatchObject({ workspace: null, configFile: null });
  expect((await person.docket(folder, 'where')).stdout).toContain('docket init');
  const outside = join(person.base, 'outside');
  mkdirSync(outside);
  expect((await where(person, outside)).workspace.id).toMatch(/^default:/);
});

test('it says why a database is the one, and whether it may be used', async () => {
  const person = makeSetupUser({ DOCKET_USER: 'alice' });
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  const url = 'mysql://db.example.com:3306/tasks';
  expect(await where(person, folder, '--database', url)).toMatchObject({
    database: url,
    databaseFrom: 'flag',
    user: 'alice',
    approved: true,
  });
  const session = makeSetupUser({ DOCKET_DATABASE: url, CLAUDECODE: '1' });
  const refused = await where(session, folder);
  expect(refused).toMatchObject({ database: url, databaseFrom: 'environment', approved: false });
  const { stdout } = await session.docket(folder, 'where');
  expect(stdout).toMatch(/Refused +.*docket trust/);
});

test('a docket.json in the home folder does not count, and it says why', async () => {
  const person = makeSetupUser();
  mkdirSync(join(person.home, '.claude'));
  const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'all' };
  writeFileSync(join(person.home, '.claude/docket.json'), JSON.stringify({ workspace }));
  const folder = join(person.home, 'code');
  mkdirSync(folder);
  const found = await where(person, folder);
  expect(found.configFile).toBeNull();
  expect(found.ignored[0].reason).toContain('home folder');
});

test('a list that has moved is said to, with the way to it', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  expect((await where(person, folder)).movedTo).toBeNull();
  const to = `sqlite:${join(person.base, 'new.db')}`;
  await person.docket(folder, 'copy', to, '--leave');
  expect(await where(person, folder)).toMatchObject({ movedTo: to });
  const { stdout } = await person.docket(folder, 'where');
  expect(stdout).toContain(`Moved     this list has moved to ${to},`);
  expect(stdout).toContain('or: docket init --database ');
  expect((await where(person, folder, '--database', to)).movedTo).toBeNull();
});

test('a database that is away keeps nobody waiting', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const url = `mysql://bob@127.0.0.1:${port}/tasks`;
  expect(await where(person, folder, '--database', url)).toMatchObject({ movedTo: null });
  expect(await where(person, folder, '--database', 'mysql://bob@127.0.0.1:1/tasks')).toMatchObject({
    ...{ movedTo: null, approved: true },
  });
});
