import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { projectTemplate } from '../../../../lib/install/embedded.gen.ts';
import { makeRepository, makeSetupUser, type SetupUser } from '../../../install/setup-user.ts';
import { init, readJson, settingsOf } from './run-init.ts';

let person: SetupUser;
let folder: string;
let outside: string;

beforeEach(() => {
  person = makeSetupUser();
  folder = makeRepository(person, 'web');
  outside = join(person.base, 'outside');
  mkdirSync(join(outside, 'docket'), { recursive: true });
  for (const name of ['hook', 'docket.json', 'settings.json', 'CLAUDE.md', 'docket/hook']) {
    writeFileSync(join(outside, name), '{}\n');
  }
});

function link(target: string, path: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  rmSync(join(folder, path), { force: true, recursive: true });
  symlinkSync(target, join(folder, path));
}

function outsideFiles(): readonly string[] {
  return readdirSync(outside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path}: ${readFileSync(path, 'utf8')}`)
    .sort();
}

describe('a repository’s link out of it is refused, and nothing outside is written', () => {
  test.for([
    ['.claude', ''],
    ['.claude/docket', 'docket'],
    ['.claude/docket/hook', 'hook'],
    ['.claude/docket.json', 'docket.json'],
    ['.claude/docket.json', 'missing'],
    ['.claude/settings.json', 'settings.json'],
    ['.claude/settings.json', 'missing'],
    ['CLAUDE.md', 'CLAUDE.md'],
  ] as const)('%s to %s', async ([path, name]) => {
    link(join(outside, name), path);
    const before = outsideFiles();
    for (const argv of [[], ['--dry-run'], ['--claude-md']]) {
      const { exitCode, error } = await init(person, folder, ...argv);
      // A file that is no configuration may be refused for that.
      expect([exitCode, error.code]).toEqual([1, expect.stringMatching(/^invalid_/)]);
      expect(error.message).toContain(join(folder, path));
      expect(error.message).toContain(join(outside, name));
    }
    const { exitCode, stdout } = await person.docket(folder, 'uninstall', '--json');
    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([1, 'invalid_settings']);
    expect(outsideFiles()).toEqual(before);
    expect(lstatSync(join(folder, path)).isSymbolicLink()).toBe(true);
  });
});

test('the launcher and docket.json are no links even within the project', async () => {
  const paths = ['.claude/docket/hook', '.claude/docket/.gitattributes', '.claude/docket.json'];
  for (const path of paths) {
    writeFileSync(join(folder, 'inside'), '');
    link(join(folder, 'inside'), path);
    expect((await init(person, folder)).error.message).toContain(`${path} is a link`);
    rmSync(join(folder, path));
  }
  expect(readFileSync(join(folder, 'inside'), 'utf8')).toBe('');
});

test('settings are written through a link that stays in the project', async () => {
  mkdirSync(join(folder, 'shared'));
  writeFileSync(join(folder, 'shared/settings.json'), '{}\n');
  link('../shared/settings.json', '.claude/settings.json');
  expect((await init(person, folder)).exitCode).toBe(0);
  expect(readJson(join(folder, 'shared/settings.json'))).toEqual(projectTemplate);
  expect(lstatSync(settingsOf(folder)).isSymbolicLink()).toBe(true);
});

test('one’s own settings may be a link, as managers of dotfiles make them', async () => {
  const path = join(person.home, '.claude/settings.json');
  const current = join(person.home, '.local/share/docket/current');
  mkdirSync(current, { recursive: true });
  writeFileSync(join(current, 'hook'), '');
  mkdirSync(join(path, '..'), { recursive: true });
  symlinkSync(join(outside, 'settings.json'), path);
  expect((await init(person, folder, '--user')).exitCode).toBe(0);
  expect(readFileSync(join(outside, 'settings.json'), 'utf8')).toContain('current/hook');
});
