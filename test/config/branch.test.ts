import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { branchOf } from '../../lib/config/branch.ts';
import { freshFolder, write } from './folders.ts';

/** A repository with one commit on `main`, and a way to run git in it. */
async function makeRepository() {
  const base = freshFolder();
  const web = join(base, 'web');
  mkdirSync(web);
  const env = { HOME: base, GIT_CONFIG_NOSYSTEM: '1' };
  const person = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  const git = (...words: readonly string[]) =>
    execa('git', [...person, ...words], { cwd: web, env });
  await git('init', '--quiet', '--initial-branch=main');
  await git('commit', '--quiet', '--allow-empty', '--message', 'first');
  return { base, web, git };
}

/** A folder whose `.git/HEAD` holds this text. */
function checkedOut(head: string): string {
  const folder = freshFolder();
  write(join(folder, '.git/HEAD'), head);
  return folder;
}

test('the branch is told from every folder of a checkout, unless it is main or master', async () => {
  const { web, git } = await makeRepository();
  mkdirSync(join(web, 'src/deep'), { recursive: true });
  expect(branchOf(web)).toBeUndefined();
  await git('checkout', '--quiet', '-b', 'fix/login-#12');
  expect(branchOf(web)).toBe('fix/login-#12');
  expect(branchOf(join(web, 'src/deep'))).toBe('fix/login-#12');
  await git('checkout', '--quiet', '-b', 'master');
  expect(branchOf(web)).toBeUndefined();
  await git('checkout', '--quiet', '--detach');
  expect(branchOf(web)).toBeUndefined();
  await git('checkout', '--quiet', '--orphan', 'pages');
  expect(branchOf(web)).toBe('pages');
});

test('a linked worktree tells its own branch, else its folder', async () => {
  const { base, web, git } = await makeRepository();
  await git('worktree', 'add', '--quiet', '-b', 'fix-login', '../login');
  await git('worktree', 'add', '--quiet', '--detach', '../web-2');
  await git('worktree', 'add', '--quiet', '-b', 'master', '../web-3');
  expect(branchOf(web)).toBeUndefined();
  expect(branchOf(join(base, 'login'))).toBe('fix-login');
  expect(branchOf(join(base, 'web-2'))).toBe('worktree:web-2');
  expect(branchOf(join(base, 'web-3'))).toBe('worktree:web-3');
});

test('a submodule, whose .git is a file too, is no linked worktree', () => {
  const folder = freshFolder();
  const module = join(folder, '.git/modules/lib');
  write(join(module, 'HEAD'), 'ref: refs/heads/fix\n');
  write(join(folder, 'lib/.git'), 'gitdir: ../.git/modules/lib\n');
  expect(branchOf(join(folder, 'lib'))).toBe('fix');
  writeFileSync(join(module, 'HEAD'), `${'0'.repeat(40)}\n`);
  expect(branchOf(join(folder, 'lib'))).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['a tag', 'ref: refs/tags/v1\n'],
  ['what a repository with reftables has', 'ref: refs/heads/.invalid\n'],
  ['a control character', 'ref: refs/heads/a\u001b[31m\n'],
  ['a space', 'ref: refs/heads/a), P0 (you\n'],
  ['a colon', 'ref: refs/heads/worktree:web\n'],
  ['more lines', 'ref: refs/heads/a\nFORGED\n'],
  ['megabytes', `ref: refs/heads/${'a'.repeat(1_000_000)}\n`],
])('a HEAD with %s tells nothing', (_, head) => {
  expect(branchOf(checkedOut(head))).toBeUndefined();
});

test('a HEAD that is no file, leads to a device or is missing tells nothing', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, '.git/HEAD'), { recursive: true });
  expect(branchOf(folder)).toBeUndefined();
  const other = freshFolder();
  mkdirSync(join(other, '.git'));
  expect(branchOf(other)).toBeUndefined();
  symlinkSync('/dev/zero', join(other, '.git/HEAD'));
  expect(branchOf(other)).toBeUndefined();
});

test('a long name keeps what the database has room for', () => {
  expect(branchOf(checkedOut(`ref: refs/heads/${'🦀'.repeat(120)}\n`))).toBe('🦀'.repeat(100));
});
