import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGitStatus } from '../../../lib/install/parts/git-status.ts';
import { readRepository } from '../../../lib/install/parts/repository.ts';
import { commit, git, makeRepository, makeSetupUser } from '../setup-user.ts';

function rootOf(folder: string): string {
  return git(folder, 'rev-list', '--max-parents=0', 'HEAD').trim();
}

test('a clone has the first commit of its source, and says where it came from', async () => {
  const person = makeSetupUser();
  const source = makeRepository(person, 'web');
  commit(source, 'second');
  git(person.base, 'clone', '--quiet', source, 'clone');
  const clone = join(person.base, 'clone');
  const rootCommit = rootOf(source);
  expect(await readRepository(clone)).toEqual({
    root: clone,
    fingerprint: { rootCommit, origin: source, isBlank: false },
    name: 'web',
  });
  expect((await readRepository(source)).fingerprint).toEqual({
    rootCommit,
    origin: null,
    isBlank: false,
  });
});

test('a linked worktree and a subfolder are the same repository', async () => {
  const person = makeSetupUser();
  const main = makeRepository(person, 'web');
  git(main, 'remote', 'add', 'origin', 'git@example.com:alice/site.git');
  git(main, 'worktree', 'add', '--quiet', '../feature');
  const feature = join(person.base, 'feature');
  mkdirSync(join(feature, 'a/b'), { recursive: true });
  const expected = {
    fingerprint: {
      rootCommit: rootOf(main),
      origin: 'example.com/alice/site',
      isBlank: false,
    },
    name: 'site',
  };
  expect(await readRepository(feature)).toEqual({ root: feature, ...expected });
  expect(await readRepository(join(feature, 'a/b'))).toEqual({ root: feature, ...expected });
});

test('a shallow clone has not got the first commit, and does not claim another one', async () => {
  const person = makeSetupUser();
  const source = makeRepository(person, 'web');
  commit(source, 'second');
  git(person.base, 'clone', '--quiet', '--depth=1', `file://${source}`, 'shallow');
  const { fingerprint } = await readRepository(join(person.base, 'shallow'));
  expect(fingerprint).toEqual({ rootCommit: null, origin: source, isBlank: false });
});

test('merging an unrelated history does not change the first commit', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const before = await readRepository(folder);
  git(folder, 'checkout', '--quiet', '--orphan', 'other');
  commit(folder, 'another beginning');
  git(folder, 'checkout', '--quiet', 'main');
  git(folder, 'merge', '--quiet', '--allow-unrelated-histories', '--no-edit', 'other');
  expect(rootOf(folder).split('\n')).toHaveLength(2);
  expect(await readRepository(folder)).toEqual(before);
});

test('the only remote counts, of several only origin', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  git(folder, 'remote', 'add', 'upstream', 'https://example.com/a/b');
  expect((await readRepository(folder)).fingerprint.origin).toBe('example.com/a/b');
  git(folder, 'remote', 'add', 'mine', 'https://example.com/c/d');
  expect((await readRepository(folder)).fingerprint.origin).toBeNull();
  git(folder, 'remote', 'add', 'origin', 'https://example.com/e/f');
  expect((await readRepository(folder)).fingerprint.origin).toBe('example.com/e/f');
});

test('without commits and outside any repository there is less to say', async () => {
  const person = makeSetupUser();
  const empty = join(person.base, 'empty');
  git(person.base, 'init', '--quiet', 'empty');
  const nothing = { rootCommit: null, origin: null, isBlank: true };
  expect(await readRepository(empty)).toEqual({ root: empty, fingerprint: nothing, name: 'empty' });
  expect(await readRepository(person.home)).toEqual({
    root: undefined,
    fingerprint: nothing,
    name: 'home',
  });
});

test('an unborn branch beside others, a shallow clone without its remote and a broken git are not blank', async () => {
  const person = makeSetupUser();
  const web = makeRepository(person, 'web');
  commit(web, 'second');
  git(person.base, 'clone', '--quiet', '--depth=1', `file://${web}`, 'shallow');
  const shallow = join(person.base, 'shallow');
  git(shallow, 'remote', 'remove', 'origin');
  git(web, 'checkout', '--quiet', '--orphan', 'pages');
  const broken = join(person.base, 'broken');
  mkdirSync(join(broken, '.git'), { recursive: true });
  for (const folder of [web, shallow, broken]) {
    expect((await readRepository(folder)).fingerprint).toEqual({
      rootCommit: null,
      origin: null,
      isBlank: false,
    });
  }
});

test('a git that calls us does not lead to its own repository', async () => {
  const person = makeSetupUser();
  const [web, other] = [makeRepository(person, 'web'), makeRepository(person, 'other')];
  process.env.GIT_DIR = join(other, '.git');
  const found = await readRepository(web).finally(() => {
    Reflect.deleteProperty(process.env, 'GIT_DIR');
  });
  expect(found.fingerprint.rootCommit).toBe(rootOf(web));
});

test('files are told apart that git has, has not yet, and never gets', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  for (const name of ['kept', 'changed', 'new', 'ignored', 'private/inside']) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), 'text');
  }
  writeFileSync(join(folder, '.gitignore'), 'ignored\nprivate/\n');
  git(folder, 'add', '.gitignore', 'kept', 'changed');
  git(folder, 'commit', '--quiet', '--message', 'some');
  writeFileSync(join(folder, 'changed'), 'more');
  const names = ['kept', 'changed', 'new', 'ignored', 'private/inside', 'missing'];
  const files = names.map((name) => join(folder, name));
  expect(await readGitStatus(folder, files)).toEqual({
    ignored: ['ignored', 'private/inside'],
    uncommitted: ['changed', 'new'],
  });
  expect(await readGitStatus(person.home, files)).toBeUndefined();
});
