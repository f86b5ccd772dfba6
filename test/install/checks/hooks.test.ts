import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkHooks } from '../../../lib/install/checks/hooks.ts';
import { checkIgnoredSettings } from '../../../lib/install/checks/ignored-settings.ts';
import { readClaudeSettings } from '../../../lib/install/parts/claude-settings.ts';
import { managedSettingsFiles } from '../../../lib/install/parts/managed-settings.ts';
import { makeRepository, makeSetupUser, putClaude, type SetupUser } from '../setup-user.ts';

let person: SetupUser;
let folder: string;
let installed: string;

beforeEach(async () => {
  person = makeSetupUser();
  folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  installed = readFileSync(project(), 'utf8');
});

function project(): string {
  return join(folder, '.claude/settings.json');
}

function local(): string {
  return join(folder, '.claude/settings.local.json');
}

function user(text: string): void {
  mkdirSync(join(person.home, '.claude'), { recursive: true });
  writeFileSync(join(person.home, '.claude/settings.json'), text);
}

/** The installed settings with more in them. */
function withMore(more: object): string {
  const { hooks, ...rest } = JSON.parse(installed);
  const { hooks: moreHooks, ...others } = more as { hooks?: object };
  return JSON.stringify({ ...rest, ...others, hooks: { ...hooks, ...moreHooks } });
}

/** An administrator's files, one of them with a text. */
function managed(text: string): readonly string[] {
  const folder = join(person.base, 'managed');
  mkdirSync(join(folder, 'managed-settings.d'), { recursive: true });
  writeFileSync(join(folder, 'managed-settings.d/10-hooks.json'), text);
  return managedSettingsFiles(folder);
}

/** What doctor says of settings and hooks, without asking Claude Code. */
function check(files: readonly string[] = []) {
  const settings = readClaudeSettings(folder, { env: person.env, managed: files });
  const options = { env: person.env, settings, projectRoot: folder, checkout: folder };
  return [...checkIgnoredSettings(settings), ...checkHooks(folder, options)]
    .filter(({ name }) => name !== 'launcher')
    .map(({ name, status, message }) => `${status} ${name}: ${message}`);
}

describe('a settings file that Claude Code ignores', () => {
  test.each<[object, string]>([
    [{ model: null }, 'model must be a string'],
    [{ hooks: { PreToolUse: [{ hooks: null }] } }, 'hooks.PreToolUse[0] must be an object'],
    [{ permissions: { defaultMode: 'yolo' } }, 'permissions.defaultMode must be one of'],
  ])('is a failure where docket stands in it: %j', (more, why) => {
    writeFileSync(project(), withMore(more));
    expect(check()).toEqual([
      expect.stringContaining(
        `fail settings: Claude Code ignores all of ${project()}, so no docket hook runs: ${why}`,
      ),
    ]);
  });

  test('is a failure for comments and trailing commas, with their place', () => {
    writeFileSync(project(), installed.replace('{', '{ // mine\n'));
    expect(check()[0]).toMatch(/^fail settings: .* line 1, column 3: a comment/);
    writeFileSync(project(), installed.replace(/\}\s*$/, ',}'));
    expect(check()[0]).toMatch(/^fail settings: .*: a comma before "\}"/);
  });

  test('is a warning where the hooks stand in another', () => {
    writeFileSync(local(), '{"model": null, "disableAllHooks": true}');
    user('{,}');
    expect(check()).toEqual([
      expect.stringMatching(/^warn settings: .*\/home\/.*so nothing in it counts: .* is broken at/),
      expect.stringMatching(/^warn settings: .*settings\.local\.json/),
      `ok hooks: current in ${project()}`,
    ]);
  });

  test('may be one that is too long', () => {
    writeFileSync(project(), withMore({ long: 'x'.repeat(2 * 1024 * 1024) }));
    expect(check()[0]).toMatch(/^fail settings: .* it cannot be read \(is longer than 2097152/);
  });
});

describe('a settings file that Claude Code reads', () => {
  test.each<[string, object]>([
    ['events of the wrong kind', { hooks: { preEditHook: { command: 'x' }, Notification: null } }],
    ['values that it passes over', { theme: 7, permissions: undefined, unknown: [null] }],
  ])('is no failure for %s', (_, more) => {
    writeFileSync(project(), withMore(more));
    expect(check().filter((line) => line.startsWith('fail'))).toEqual([]);
  });

  test('may have a byte order mark, or be UTF-16', () => {
    writeFileSync(project(), `\uFEFF${installed}`);
    expect(check()).toEqual([`ok hooks: current in ${project()}`]);
    writeFileSync(project(), Buffer.from(`\uFEFF${installed}`, 'utf16le'));
    expect(check()).toEqual([`ok hooks: current in ${project()}`]);
  });

  test('may be no UTF-8, though docket cannot write it', () => {
    writeFileSync(project(), Buffer.from(withMore({ language: 'français' }), 'latin1'));
    expect(check()).toEqual([expect.stringMatching(/^warn hooks: .* is not UTF-8 text: docket/)]);
  });

  test('has no docket hook where each one is passed over', () => {
    const noHook = installed.replaceAll('"timeout": ', '"once": 0, "timeout": ');
    const own = JSON.parse(noHook);
    for (const event of ['PreToolUse', 'PermissionRequest']) delete own.hooks[event];
    writeFileSync(project(), JSON.stringify(own));
    expect(check()).toEqual([`fail hooks: no docket hooks in ${project()}`]);
  });
});

test('a folder in no repository where nothing is set up is no failure', () => {
  const elsewhere = join(person.base, 'elsewhere');
  mkdirSync(elsewhere);
  const settings = readClaudeSettings(elsewhere, { env: person.env, managed: [] });
  const options = { env: person.env, settings, projectRoot: undefined, checkout: undefined };
  expect(checkHooks(elsewhere, options)).toEqual([
    {
      name: 'hooks',
      status: 'warn',
      message: expect.stringContaining('which is in no repository'),
      next: expect.stringMatching(/^docket init --user .*, or docket init .+ --anyway /),
    },
  ]);
});

describe('disableAllHooks', () => {
  test('counts as in the last file that sets it', () => {
    user('{"disableAllHooks": true}');
    expect(check()).toEqual([expect.stringContaining('fail hooks: disableAllHooks is set in')]);
    writeFileSync(local(), '{"disableAllHooks": false}');
    expect(check()).toEqual([`ok hooks: current in ${project()}`]);
  });

  test('of an administrator counts before all others', () => {
    writeFileSync(local(), '{"disableAllHooks": false}');
    expect(check(managed('{"disableAllHooks": true}'))).toEqual([
      expect.stringContaining('10-hooks.json: no hook runs'),
    ]);
  });
});

describe('a PATH for sessions', () => {
  test.for(['/nowhere', '', 'node_modules/.bin', '/etc/passwd:\0'])(
    'without a shell keeps every hook from starting: %j',
    (path) => {
      writeFileSync(local(), JSON.stringify({ env: { PATH: path } }));
      expect(check()).toEqual([
        `fail hooks: env.PATH in ${local()} leads to no sh: no hook starts`,
      ]);
    },
  );

  test('is left alone where it leads to one, and the last file counts', () => {
    user('{"env": {"PATH": "/nowhere"}}');
    writeFileSync(local(), '{"env": {"PATH": "/nowhere:/usr/bin:/bin"}}');
    expect(check()).toEqual([`ok hooks: current in ${project()}`]);
  });
});

describe('an administrator', () => {
  test.each([
    ['{"allowManagedHooksOnly": true}', 'allowManagedHooksOnly'],
    ['{"allowManagedHooksOnly": "true", "model": null}', 'allowManagedHooksOnly'],
    ['{"strictPluginOnlyCustomization": true}', 'strictPluginOnlyCustomization'],
    ['{"strictPluginOnlyCustomization": ["hooks"]}', 'strictPluginOnlyCustomization'],
  ])('can let no other hooks run: %s', (text, key) => {
    expect(check(managed(text))).toEqual([
      expect.stringMatching(new RegExp(`^fail hooks: ${key} is set in .*: no hook of yours runs$`)),
    ]);
  });

  test.each(['{}', '{"allowManagedHooksOnly": false}', '{"model": null}'])(
    'can leave hooks alone: %s',
    (text) => expect(check(managed(text))).toEqual([`ok hooks: current in ${project()}`]),
  );

  test('with a broken file keeps Claude Code from starting', () => {
    expect(check(managed('{,}'))[0]).toMatch(/^fail settings: Claude Code does not start with/);
  });
});

describe('what claude doctor says counts more than docket’s own knowledge', () => {
  async function checksOf(...argv: readonly string[]) {
    const bin = join(person.base, 'bin');
    const other = makeSetupUser({ ...person.env, PATH: `${bin}:${person.env.PATH}` });
    const { stdout } = await other.docket(folder, ...argv, '--json');
    const { checks, warnings } = JSON.parse(stdout).data;
    const found: readonly { name: string; status: string; message: string }[] = checks ?? warnings;
    return found
      .filter(({ name }) => name === 'settings' || name === 'hooks')
      .map(({ name, status, message }) => `${status} ${name}: ${message}`);
  }

  function answer(...lines: readonly string[]): void {
    const text = ['Running: x (2.1.400)', '', 'Invalid settings', ...lines, ''].join('\n');
    writeFileSync(join(person.base, 'answer'), `${text}\n`);
    putClaude(join(person.base, 'bin'), `cat '${person.base.replaceAll("'", "'\\''")}/answer'`);
  }

  test('doctor and init tell of a file that it ignores', async () => {
    answer(`- ${project()} › spinner: Expected string, but received number`);
    const message = `Claude Code ignores all of ${project()}, so no docket hook runs: spinner: Expected string, but received number`;
    expect(await checksOf('doctor')).toEqual([`fail settings: ${message}`]);
    expect(await checksOf('init')).toEqual([`fail settings: ${message}`]);
    expect(await checksOf('init', '--dry-run')).toEqual([`fail settings: ${message}`]);
  });

  test('a file that it reads is no failure', async () => {
    writeFileSync(project(), withMore({ model: null }));
    answer(`- ${project()} › model: Expected a string; the value was ignored.`);
    expect(await checksOf('doctor')).toEqual([`ok hooks: current in ${project()}`]);
    expect(await checksOf('init')).toEqual([]);
  });

  test('without its answer, what docket knows counts', async () => {
    writeFileSync(project(), withMore({ model: null }));
    putClaude(join(person.base, 'bin'), 'exit 1');
    expect(await checksOf('doctor')).toEqual([expect.stringContaining('model must be a string')]);
  });
});
