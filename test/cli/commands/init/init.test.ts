import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcherText, projectTemplate } from '../../../../lib/install/embedded.gen.ts';
import { shellWord } from '../../../../lib/model/shell-word.ts';
import { git, makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { init, readJson, settingsOf, tree } from './run-init.ts';

test('a project gets the entries, its list, the launcher, and a database to go with it', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'My Web App');
  const { exitCode, data } = await init(person, folder);
  expect(exitCode).toBe(0);
  expect(data.workspace).toMatchObject({ slug: 'my-web-app', membership: 'new' });
  expect(readJson(settingsOf(folder))).toEqual(projectTemplate);
  const { id, slug } = data.workspace;
  expect(readJson(join(folder, '.claude/docket.json'))).toEqual({ workspace: { id, slug } });
  const launcher = join(folder, '.claude/docket/hook');
  expect(readFileSync(launcher, 'utf8')).toBe(launcherText);
  expect(statSync(launcher).mode & 0o111).toBe(0o111);
  expect(existsSync(join(person.home, '.local/share/docket/docket.db'))).toBe(true);
  const created = await person.docket(folder, 'create', 'First task');
  expect(created.stdout).toContain('my-web-app-');
});

test('to run it again changes nothing, whoever does it', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const before = tree(folder);
  const again = await init(person, folder);
  expect(again.data.changes).toEqual([]);
  expect(again.data.workspace.membership).toBe('known');
  const bob = makeSetupUser();
  expect((await init(bob, folder)).data.changes).toEqual([]);
  expect(tree(folder)).toEqual(before);
  const { stdout } = await bob.docket(folder, 'list', '--json');
  expect(JSON.parse(stdout).data.tasks).toEqual([]);
});

test('two clones of one repository share a list; a fork has its own', async () => {
  const person = makeSetupUser();
  const source = makeRepository(person, 'web');
  for (const name of ['one', 'two', 'fork']) git(person.base, 'clone', '--quiet', source, name);
  git(join(person.base, 'fork'), 'remote', 'set-url', 'origin', 'https://example.com/bob/web');
  const one = await init(person, join(person.base, 'one'));
  const two = await init(person, join(person.base, 'two'));
  const fork = await init(person, join(person.base, 'fork'));
  expect(one.data.workspace.membership).toBe('new');
  expect(two.data.workspace).toEqual({ ...one.data.workspace, membership: 'joined' });
  expect(fork.data.workspace).toMatchObject({ slug: 'web2', membership: 'new' });
});

test('a linked worktree gets the list of the main one, although nothing is committed', async () => {
  const person = makeSetupUser();
  const main = makeRepository(person, 'web');
  const { data } = await init(person, main);
  git(main, 'worktree', 'add', '--quiet', '../feature');
  const feature = join(person.base, 'feature');
  await init(person, feature);
  const { id, slug } = data.workspace;
  expect(readJson(join(feature, '.claude/docket.json')).workspace).toEqual({ id, slug });
});

describe('settings that are there already', () => {
  const foreign = `{
    "model": "opus",
    "hooks": {
        "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }]
    },
    "permissions": { "allow": ["Bash(git log *)"] }
}`;

  test('keep their order, indent, hooks, mode and missing final newline', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(settingsOf(folder), foreign);
    chmodSync(settingsOf(folder), 0o640);
    await init(person, folder);
    const text = readFileSync(settingsOf(folder), 'utf8');
    expect(text.startsWith('{\n    "model": "opus",\n    "hooks": {\n        "Stop": [')).toBe(
      true,
    );
    expect(text.endsWith('}')).toBe(true);
    const settings = JSON.parse(text);
    expect(settings.hooks.Stop[0].hooks[0].command).toBe('say done');
    expect(settings.permissions.allow[0]).toBe('Bash(git log *)');
    expect(statSync(settingsOf(folder)).mode & 0o777).toBe(0o640);
    expect((await init(person, folder)).data.changes).toEqual([]);
  });

  test('are refused with line and column when they are broken, and nothing is written', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(settingsOf(folder), '{\n  "hooks": {,}\n}\n');
    const before = tree(folder);
    const { exitCode, error } = await init(person, folder);
    expect(exitCode).toBe(1);
    expect(error.code).toBe('invalid_settings');
    expect(error.message).toMatch(/settings\.json.*\b2:\d+|line 2/);
    expect(tree(folder)).toEqual(before);
    expect(existsSync(join(person.home, '.local'))).toBe(false);
  });
});

test('the block for CLAUDE.md is added once, and only when asked for', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  writeFileSync(join(folder, 'CLAUDE.md'), '# Web\n');
  await init(person, folder);
  expect(readFileSync(join(folder, 'CLAUDE.md'), 'utf8')).toBe('# Web\n');
  await init(person, folder, '--claude-md');
  await init(person, folder, '--claude-md');
  const text = readFileSync(join(folder, 'CLAUDE.md'), 'utf8');
  expect(text.match(/docket:begin/g)).toHaveLength(1);
  expect(text).toContain('docket claim KEY');
});

test('of two that set a folder up at once, the second joins the list of the first', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, 'plain');
  mkdirSync(folder);
  const both = await Promise.all([1, 2].map(() => init(person, folder, '--anyway')));
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const ids = both.map(({ data }) => data.workspace.id);
  expect(ids[0]).toBe(ids[1]);
  expect(readJson(join(folder, '.claude/docket.json')).workspace.id).toBe(ids[0]);
  const memberships = both.map(({ data }) => data.workspace.membership);
  expect(memberships.sort()).toEqual(['known', 'new']);
  expect(Object.keys(tree(folder)).filter((path) => path.includes('docket-'))).toEqual([]);
});

test('the home folder and what is no folder are refused', async () => {
  const person = makeSetupUser();
  const home = await init(person, person.home);
  expect([home.exitCode, home.error.hint]).toEqual([2, expect.stringContaining('--user')]);
  expect((await init(person, person.base, 'missing')).exitCode).toBe(2);
  writeFileSync(join(person.base, 'file'), '');
  expect((await init(person, person.base, 'file')).exitCode).toBe(2);
});

test('a docket.json of another person is neither used nor overwritten', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const before = tree(folder);
  const path = join(folder, '.claude/docket.json');
  // Only root can give a file away, so others see their own file accepted.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(path, 12_345, 12_345);
  const { exitCode, error } = await init(person, folder);
  expect([exitCode, error?.code]).toEqual(isRoot ? [1, 'invalid_config'] : [0, undefined]);
  expect(tree(folder)).toEqual(before);
});

test('tasks that stay in the file before are counted when another database is given', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const other = `sqlite:${join(person.base, 'other.db')}`;
  await init(person, folder);
  await person.docket(folder, 'plan', '# Whole\n- [ ] one\n- [ ] two');
  await person.docket(folder, 'create', 'done');
  const { stdout } = await person.docket(folder, 'list', '--json');
  const done = JSON.parse(stdout).data.tasks.find(({ title }: Titled) => title === 'done');
  await person.docket(folder, 'close', done.key, '--outcome', 'x');
  const url = `sqlite:${join(person.home, '.local/share/docket/docket.db')}`;
  const former = async () => {
    const { data } = await init(person, folder, '--database', other);
    return data.warnings.filter(({ name }: { readonly name: string }) => name === 'former list');
  };
  expect(await former()).toEqual([
    {
      name: 'former list',
      status: 'warn',
      message: `3 open tasks stay in ${url}`,
      next: `docket copy ${shellWord(url)} ${shellWord(other)} brings them along, before anything is done there; docket list --database ${shellWord(url)} shows them`,
    },
  ]);
  expect(await former()).toEqual([]);
  expect((await person.docket(folder, 'copy', url, other)).exitCode).toBe(0);
  expect((await person.docket(folder, 'list')).stdout).toContain('Whole');
});

test('tasks that came along when their list was left are not said to stay, and doctor tells of it', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const copy = `sqlite:${join(person.base, 'copy.db')}`;
  await init(person, folder);
  await person.docket(folder, 'create', 'First');
  await person.docket(folder, 'copy', copy, '--leave');
  const doctor = await person.docket(folder, 'doctor', '--json');
  expect(JSON.parse(doctor.stdout).data.checks).toContainEqual({
    name: 'database',
    status: 'warn',
    message: expect.stringContaining(`this list has moved to ${copy}`),
    next: expect.stringContaining(`docket init --database ${shellWord(copy)}`),
  });
  const { data } = await init(person, folder, '--database', copy);
  expect(data.warnings.map(({ name }: { readonly name: string }) => name)).not.toContain(
    'former list',
  );
});

interface Titled {
  readonly title: string;
}
