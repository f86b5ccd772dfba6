import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { createProjectPath } from '../../lib/config/project-path.ts';
import { resolveContext } from '../../lib/config/resolve.ts';
import { freshFolder, write } from './folders.ts';

const config = JSON.stringify({
  workspace: { id: '018f0000-0000-7000-8000-000000000001', slug: 'web' },
});

/** A person's home with a repository of a project in it. */
async function makeProject({ below = '' } = {}) {
  const home = freshFolder();
  const web = join(home, 'web');
  mkdirSync(web);
  const env = { HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const person = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  const git = (...words: readonly string[]) =>
    execa('git', [...person, ...words], { cwd: web, env });
  await git('init', '--quiet', '--initial-branch=main');
  const root = join(web, below);
  write(join(root, '.claude/docket.json'), config);
  await git('add', '-A');
  await git('commit', '--quiet', '--message', 'first');
  return {
    home,
    web,
    root,
    git,
    env,
    nameFrom: (folder: string) => createProjectPath(resolveContext(folder, env), env),
  };
}

test('a file is named from the root of its project, wherever the session began', async () => {
  const { web, nameFrom } = await makeProject();
  write(join(web, 'src/a.ts'), '');
  for (const folder of [web, join(web, 'src')]) {
    const nameOf = nameFrom(folder);
    expect(nameOf(join(web, 'src/a.ts'))).toBe('src/a.ts');
    expect(nameOf(join(web, 'src/gone/b.ts'))).toBe('src/gone/b.ts');
    expect(nameOf(join(web, 'src/../README.md'))).toBe('README.md');
  }
});

test('all worktrees of a repository give a file the same name', async () => {
  const { home, web, git, nameFrom } = await makeProject();
  await git('worktree', 'add', '--quiet', '-b', 'fix', '../fix');
  await git('worktree', 'add', '--quiet', '-b', 'agent', '.claude/worktrees/agent-1');
  for (const from of [web, join(home, 'fix')]) {
    for (const folder of [web, join(home, 'fix'), join(web, '.claude/worktrees/agent-1')]) {
      expect(nameFrom(from)(join(folder, 'src/a.ts'))).toBe('src/a.ts');
    }
  }
});

test('a project in a folder of a repository names files from that folder', async () => {
  const { home, web, root, git, nameFrom } = await makeProject({ below: 'app' });
  await git('worktree', 'add', '--quiet', '-b', 'fix', '../fix');
  const nameOf = nameFrom(root);
  expect(nameOf(join(root, 'a.ts'))).toBe('a.ts');
  expect(nameOf(join(home, 'fix/app/a.ts'))).toBe('a.ts');
  expect(nameOf(join(web, 'lib/a.ts'))).toBe('../lib/a.ts');
});

test('links are followed, and a repository inside of the project is a part of it', async () => {
  const { home, web, nameFrom } = await makeProject();
  write(join(web, 'src/a.ts'), '');
  write(join(web, 'vendor/dep/.git/HEAD'), 'ref: refs/heads/main\n');
  symlinkSync(join(web, 'src'), join(web, 'alias'));
  symlinkSync(web, join(home, 'link'));
  const nameOf = nameFrom(join(home, 'link'));
  expect(nameOf(join(web, 'alias/a.ts'))).toBe('src/a.ts');
  expect(nameOf(join(home, 'link/src/new.ts'))).toBe('src/new.ts');
  expect(nameOf(join(web, 'vendor/dep/x.c'))).toBe('vendor/dep/x.c');
});

test('files elsewhere are named from home or whole, and Claude Code’s own not at all', async () => {
  const { home, web, nameFrom } = await makeProject();
  const nameOf = nameFrom(web);
  expect(nameOf(join(home, 'notes/a.md'))).toBe('~/notes/a.md');
  expect(nameOf('/nowhere/at/all.md')).toBe('/nowhere/at/all.md');
  expect(nameOf(join(home, '.claude/plans/a.md'))).toBeUndefined();
  expect(nameOf(join(web, '.claude/settings.json'))).toBe('.claude/settings.json');
});

test('without a project there is no root to name files from', () => {
  const home = freshFolder();
  const env = { HOME: home };
  const nameOf = createProjectPath(resolveContext(home, env), env);
  expect(nameOf(join(home, 'a/b.md'))).toBe('~/a/b.md');
});

test('what no path can be has no name', async () => {
  const { web, nameFrom } = await makeProject();
  const nameOf = nameFrom(web);
  for (const name of ['a\0b', '\ud800', 'x'.repeat(600)]) {
    expect(nameOf(join(web, name))).toBeUndefined();
  }
});
