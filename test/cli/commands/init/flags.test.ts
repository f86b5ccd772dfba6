import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launcherText, projectTemplate } from '../../../../lib/install/embedded.gen.ts';
import { startScript } from '../../../../lib/settings/own-entries.ts';
import { commit, git, makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { init, readJson, settingsOf, tree } from './run-init.ts';

describe('--dry-run', () => {
  test('shows a diff of everything that git can apply, and touches nothing', async () => {
    const person = makeSetupUser();
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
    const person = makeSetupUser();
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
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    const { data } = await init(person, folder, '--database', 'sqlite:shared/tasks.db');
    expect(data.database).toBe(`sqlite:${join(folder, 'shared/tasks.db')}`);
    expect(readJson(join(folder, '.claude/docket.json')).database).toBe('sqlite:shared/tasks.db');
    expect((await person.docket(folder, 'list')).exitCode).toBe(0);
    const bob = makeSetupUser();
    const refused = await bob.docket(folder, 'list');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('docket trust');
  });

  test('is refused inside Claude Code, where nobody can give their word', async () => {
    const person = makeSetupUser({ CLAUDECODE: '1' });
    const folder = makeRepository(person, 'web');
    const { exitCode, error } = await init(person, folder, '--database', 'sqlite:x.db');
    expect([exitCode, error.code]).toEqual([1, 'not_trusted']);
    expect(error.hint).toContain('terminal');
    expect(existsSync(join(folder, '.claude'))).toBe(false);
    expect((await init(person, folder)).exitCode).toBe(0);
  });

  test('that does not answer leaves nothing half-done', async () => {
    const person = makeSetupUser();
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
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    await init(person, folder, '--database', `sqlite:${join(person.base, 'tasks.db')}`);
    const bob = makeSetupUser();
    const { exitCode, error } = await init(bob, folder);
    expect([exitCode, error.code]).toEqual([1, 'not_trusted']);
    await bob.docket(folder, 'trust', `sqlite:${join(person.base, 'tasks.db')}`);
    expect((await init(bob, folder)).exitCode).toBe(0);
  });

  test('keeps what else the committed file holds', async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    await init(person, folder);
    const path = join(folder, '.claude/docket.json');
    writeFileSync(path, JSON.stringify({ ...readJson(path), mode: 'normal' }));
    await init(person, folder, '--database', 'sqlite:tasks.db');
    expect(readJson(path)).toMatchObject({ mode: 'normal', database: 'sqlite:tasks.db' });
  });
});

describe('--user', () => {
  test('needs the installation, since that is what its entries start', async () => {
    const person = makeSetupUser();
    const { exitCode, error } = await init(person, person.base, '--user');
    expect([exitCode, error.code]).toEqual([1, 'not_initialised']);
  });

  test('puts entries with the launcher of the installation into the settings of the person', async () => {
    const person = makeSetupUser();
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
      command: 'sh',
      args: ['-c', startScript, launcher, 'user-prompt-submit'],
      timeout: 3,
    });
    expect(Object.keys(settings.hooks)).toEqual(Object.keys(projectTemplate.hooks));
    expect(existsSync(join(person.base, '.claude'))).toBe(false);
    expect((await init(person, person.base, '--user')).data.changes).toEqual([]);
    await person.docket(person.base, 'uninstall', '--user');
    expect(readFileSync(settingsOf(person.home), 'utf8')).toBe(before);
  });

  test('with a database makes that the one of the person', async () => {
    const person = makeSetupUser();
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
