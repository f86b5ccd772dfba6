import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcherText, projectTemplate } from '../../lib/install/embedded.gen.ts';
import { commit, git, makePerson, makeRepository, type Person } from '../install/person.ts';

function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function settingsOf(folder: string): string {
  return join(folder, '.claude/settings.json');
}

/** Every file below a folder with its text, git's own left out. */
function tree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.git/') && statSync(join(folder, path)).isFile())
    .sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

async function init(person: Person, folder: string, ...argv: readonly string[]) {
  const answer = await person.docket(folder, 'init', '--json', ...argv);
  const { data, error } = JSON.parse(answer.stdout);
  return { ...answer, data, error };
}

test('a project gets the entries, its list, the launcher, and a database to go with it', async () => {
  const person = makePerson();
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
  const person = makePerson();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const before = tree(folder);
  const again = await init(person, folder);
  expect(again.data.changes).toEqual([]);
  expect(again.data.workspace.membership).toBe('known');
  const bob = makePerson();
  expect((await init(bob, folder)).data.changes).toEqual([]);
  expect(tree(folder)).toEqual(before);
  const { stdout } = await bob.docket(folder, 'list', '--json');
  expect(JSON.parse(stdout).data.tasks).toEqual([]);
});

test('two clones of one repository share a list; a fork has its own', async () => {
  const person = makePerson();
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
  const person = makePerson();
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
    const person = makePerson();
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
    const person = makePerson();
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

  test('are written through a link', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(join(person.base, 'shared.json'), '{}\n');
    symlinkSync(join(person.base, 'shared.json'), settingsOf(folder));
    await init(person, folder);
    expect(readJson(join(person.base, 'shared.json'))).toEqual(projectTemplate);
  });
});

describe('--dry-run', () => {
  test('shows a diff of everything that git can apply, and touches nothing', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(settingsOf(folder), '{\n  "model": "opus"\n}\n');
    commit(folder, 'settings');
    const before = tree(folder);
    const { stdout, exitCode } = await person.docket(folder, 'init', '--dry-run', '--claude-md');
    expect(exitCode).toBe(0);
    expect(tree(folder)).toEqual(before);
    expect(existsSync(join(person.home, '.local'))).toBe(false);
    const [diff = ''] = stdout.split(/^(?:warn|fail) /m);
    writeFileSync(join(person.base, 'patch'), diff);
    git(folder, 'apply', join(person.base, 'patch'));
    const written = makeRepository(person, 'copy');
    mkdirSync(join(written, '.claude'));
    writeFileSync(settingsOf(written), '{\n  "model": "opus"\n}\n');
    await init(person, written, '--claude-md');
    const { '.claude/docket.json': _, ...expected } = tree(written);
    expect(tree(folder)).toMatchObject(expected);
    expect(diff).toContain('+    "slug": "web"');
  });

  test('names the list that would be joined', async () => {
    const person = makePerson();
    const source = makeRepository(person, 'web');
    git(person.base, 'clone', '--quiet', source, 'one');
    git(person.base, 'clone', '--quiet', source, 'two');
    const { data } = await init(person, join(person.base, 'one'));
    const foreseen = await init(person, join(person.base, 'two'), '--dry-run');
    expect(foreseen.data.workspace).toEqual({ ...data.workspace, membership: 'joined' });
  });
});

describe('--database', () => {
  test('approves the database for this person and names it in the committed file', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    const { data } = await init(person, folder, '--database', 'sqlite:shared/tasks.db');
    expect(data.database).toBe(`sqlite:${join(folder, 'shared/tasks.db')}`);
    expect(readJson(join(folder, '.claude/docket.json')).database).toBe('sqlite:shared/tasks.db');
    expect((await person.docket(folder, 'list')).exitCode).toBe(0);
    const bob = makePerson();
    const refused = await bob.docket(folder, 'list');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('docket trust');
  });

  test('is refused inside Claude Code, where nobody can give their word', async () => {
    const person = makePerson({ CLAUDECODE: '1' });
    const folder = makeRepository(person, 'web');
    const { exitCode, error } = await init(person, folder, '--database', 'sqlite:x.db');
    expect([exitCode, error.code]).toEqual([1, 'not_trusted']);
    expect(error.hint).toContain('terminal');
    expect(existsSync(join(folder, '.claude'))).toBe(false);
    expect((await init(person, folder)).exitCode).toBe(0);
  });

  test('that does not answer leaves nothing half-done', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    const { exitCode, error } = await init(
      person,
      folder,
      '--database',
      'mysql://127.0.0.1:1/tasks',
    );
    expect([exitCode, error.code]).toEqual([69, 'unreachable']);
    expect(existsSync(join(folder, '.claude'))).toBe(false);
    expect(existsSync(join(person.home, '.config'))).toBe(false);
  });

  test('of a cloned repository is not used without the word of the person', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    await init(person, folder, '--database', `sqlite:${join(person.base, 'tasks.db')}`);
    const bob = makePerson();
    const { exitCode, error } = await init(bob, folder);
    expect([exitCode, error.code]).toEqual([1, 'not_trusted']);
    await bob.docket(folder, 'trust', `sqlite:${join(person.base, 'tasks.db')}`);
    expect((await init(bob, folder)).exitCode).toBe(0);
  });

  test('keeps what else the committed file holds', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    await init(person, folder);
    const path = join(folder, '.claude/docket.json');
    writeFileSync(path, JSON.stringify({ ...readJson(path), mode: 'normal' }));
    await init(person, folder, '--database', 'sqlite:tasks.db');
    expect(readJson(path)).toMatchObject({ mode: 'normal', database: 'sqlite:tasks.db' });
  });
});

describe('warnings', () => {
  async function warningsOf(person: Person, folder: string) {
    const { data } = await init(person, folder);
    return Object.fromEntries(
      (data.warnings as { name: string; message: string; next: string }[]).map(
        ({ name, message, next }) => [name, `${message} -> ${next}`],
      ),
    );
  }

  test('say what is still to be committed', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    expect((await warningsOf(person, folder)).git).toContain('add .claude/settings.json');
    commit(folder, 'docket');
    expect(await warningsOf(person, folder)).toEqual({});
  });

  test('say that git ignores what teammates need', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    writeFileSync(join(folder, '.gitignore'), '.claude/\n');
    const { git: message } = await warningsOf(person, folder);
    expect(message).toContain('git ignores .claude/settings.json, .claude/docket.json');
    expect(message).toContain('add -f');
  });

  test('say that an outer list is used, and write no file that would not count', async () => {
    const person = makePerson();
    const outer = makeRepository(person, 'web');
    const { data } = await init(person, outer);
    const inner = join(outer, 'packages/api');
    mkdirSync(inner, { recursive: true });
    const warnings = await warningsOf(person, inner);
    expect(warnings.list).toContain(`lies inside ${outer}, whose list is used`);
    expect(existsSync(join(inner, '.claude/docket.json'))).toBe(false);
    expect(existsSync(join(inner, '.claude/docket/hook'))).toBe(true);
    const where = await person.docket(inner, 'where', '--json');
    expect(JSON.parse(where.stdout).data.workspace.id).toBe(data.workspace.id);
    const refused = await init(person, inner, '--database', 'sqlite:x.db');
    expect([refused.exitCode, refused.error.code]).toEqual([2, 'usage']);
  });

  test('name hooks of another tracker, and no program whose name is like its', async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    const hooks = (command: string) =>
      JSON.stringify({ hooks: { SessionStart: [{ hooks: [{ type: 'command', command }] }] } });
    for (const command of ['bd prime --hook-json', 'cd x && /usr/bin/bd prime']) {
      writeFileSync(settingsOf(folder), hooks(command));
      expect((await warningsOf(person, folder))['other trackers']).toContain('two task lists');
    }
    writeFileSync(settingsOf(folder), hooks('abd prime; cat bd.txt'));
    expect(await warningsOf(person, folder)).not.toHaveProperty('other trackers');
  });

  test("offer the lines that let docket work in Claude Code's sandbox", async () => {
    const person = makePerson();
    const folder = makeRepository(person, 'web');
    mkdirSync(join(folder, '.claude'));
    writeFileSync(settingsOf(folder), '{"sandbox": {"enabled": true}}');
    const { sandbox = '' } = await warningsOf(person, folder);
    const lines = sandbox.slice(sandbox.indexOf('{'));
    expect(lines).toContain(join(person.home, '.local/share/docket'));
    writeFileSync(join(folder, '.claude/settings.local.json'), lines);
    expect(await warningsOf(person, folder)).not.toHaveProperty('sandbox');
  });
});

test('the block for CLAUDE.md is added once, and only when asked for', async () => {
  const person = makePerson();
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

test('a launcher that lost its bits or its text is mended', async () => {
  const person = makePerson();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const launcher = join(folder, '.claude/docket/hook');
  chmodSync(launcher, 0o644);
  expect((await init(person, folder)).data.changes).toHaveLength(1);
  expect(statSync(launcher).mode & 0o111).toBe(0o111);
  writeFileSync(launcher, '#!/bin/sh\nexit 2\n');
  await init(person, folder);
  expect(readFileSync(launcher, 'utf8')).toBe(launcherText);
});

test('the home folder and what is no folder are refused', async () => {
  const person = makePerson();
  const home = await init(person, person.home);
  expect([home.exitCode, home.error.hint]).toEqual([2, expect.stringContaining('--user')]);
  expect((await init(person, person.base, 'missing')).exitCode).toBe(2);
  writeFileSync(join(person.base, 'file'), '');
  expect((await init(person, person.base, 'file')).exitCode).toBe(2);
});

test('a docket.json of another person is neither used nor overwritten', async () => {
  const person = makePerson();
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

describe('--user', () => {
  test('needs the installation, since that is what its entries start', async () => {
    const person = makePerson();
    const { exitCode, error } = await init(person, person.base, '--user');
    expect([exitCode, error.code]).toEqual([1, 'not_initialised']);
  });

  test('puts entries with the launcher of the installation into the settings of the person', async () => {
    const person = makePerson();
    const launcher = join(person.home, '.local/share/docket/current/hook');
    mkdirSync(join(launcher, '..'), { recursive: true });
    writeFileSync(launcher, launcherText);
    mkdirSync(join(person.home, '.claude'));
    writeFileSync(settingsOf(person.home), '{\n  "model": "opus"\n}\n');
    const before = readFileSync(settingsOf(person.home), 'utf8');
    expect((await init(person, person.base, '--user')).exitCode).toBe(0);
    const settings = readJson(settingsOf(person.home));
    expect(settings.model).toBe('opus');
    expect(settings.hooks.UserPromptSubmit[0].hooks[0]).toEqual({
      type: 'command',
      command: launcher,
      args: ['user-prompt-submit', 'user'],
      timeout: 3,
    });
    expect(Object.keys(settings.hooks)).toEqual(Object.keys(projectTemplate.hooks));
    expect(existsSync(join(person.base, '.claude'))).toBe(false);
    expect((await init(person, person.base, '--user')).data.changes).toEqual([]);
    await person.docket(person.base, 'uninstall', '--user');
    expect(readFileSync(settingsOf(person.home), 'utf8')).toBe(before);
  });

  test('with a database makes that the one of the person', async () => {
    const person = makePerson();
    const launcher = join(person.home, '.local/share/docket/current/hook');
    mkdirSync(join(launcher, '..'), { recursive: true });
    writeFileSync(launcher, launcherText);
    const elsewhere = join(person.base, 'elsewhere');
    mkdirSync(elsewhere);
    const umask = process.umask(0o002);
    await init(person, elsewhere, '--user', '--database', 'mysql://alice@db.example.com/tasks');
    process.umask(umask);
    const where = await person.docket(elsewhere, 'where', '--json');
    expect(JSON.parse(where.stdout).data).toMatchObject({
      database: 'mysql://db.example.com:3306/tasks',
      databaseFrom: 'user',
      approved: true,
    });
    expect(statSync(join(person.home, '.config/docket/config.json')).mode & 0o777).toBe(0o600);
  });
});
