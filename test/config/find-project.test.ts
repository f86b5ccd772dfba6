import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { findProject } from '../../lib/config/find-project.ts';
import { freshFolder, ids, initialise, write } from './folders.ts';

const nobody = 65_534;

/** A reader to whom a file is somebody else's: root may give it away, others pretend. */
function strangerTo(file: string): { user: number; groups: readonly number[] } {
  if (process.getuid?.() === 0) {
    chownSync(file, nobody, nobody);
    return { user: 0, groups: [0] };
  }
  return { user: nobody, groups: [statSync(join(file, '..')).gid] };
}

describe('the project of a folder', () => {
  test('is the outermost, from every folder below it; a nested one is reported', () => {
    const home = freshFolder();
    const root = join(home, 'work');
    const outer = initialise(root);
    const inner = initialise(join(root, 'packages/a'), ids.inner);
    mkdirSync(join(root, 'packages/a/src'));
    for (const folder of ['packages/a', 'packages/a/src']) {
      const found = findProject(join(root, folder), { HOME: home });
      expect(found.project).toMatchObject({ root, file: outer });
      expect(found.project?.config.workspace).toEqual({ id: ids.outer, slug: 'outer' });
      expect(found.shadowed).toEqual([inner]);
    }
    for (const folder of ['', 'packages', 'nowhere/at/all']) {
      const found = findProject(join(root, folder), { HOME: home });
      expect(found.project?.root).toBe(root);
      expect(found.shadowed).toEqual([]);
    }
  });

  test('is never the home folder’s own, which is reported', () => {
    const home = freshFolder();
    const file = initialise(home);
    const below = findProject(join(home, 'work'), { HOME: home });
    expect(below.project).toBeUndefined();
    expect(below.ignored).toEqual([{ file, reason: 'it lies in the home folder itself' }]);
    expect(findProject(home, { HOME: home }).project).toBeUndefined();
    // A trailing slash makes no other home of it.
    expect(findProject(home, { HOME: `${home}/` }).project).toBeUndefined();
  });

  test('is never a stranger’s, but for one that shares the folder with a group', () => {
    const home = freshFolder();
    const root = join(home, 'shared/project');
    const file = initialise(root);
    const reader = strangerTo(file);
    const ignored = findProject(root, { HOME: home }, reader);
    expect(ignored.project).toBeUndefined();
    expect(ignored.ignored).toMatchObject([{ file, reason: /^it belongs to user id \d+$/ }]);

    chmodSync(join(root, '.claude'), 0o2770);
    expect(findProject(root, { HOME: home }, reader).project?.root).toBe(root);
    expect(findProject(root, { HOME: home }, { ...reader, groups: [] }).project).toBeUndefined();
    // Docket has changed neither mode nor group.
    expect(statSync(join(root, '.claude')).mode & 0o7777).toBe(0o2770);
  });

  test('is not hidden by what cannot be looked into on the way up', () => {
    const home = freshFolder();
    const root = join(home, 'work');
    initialise(root);
    const folder = join(root, 'a/b');
    mkdirSync(folder, { recursive: true });
    symlinkSync('.claude', join(root, 'a/.claude'));
    mkdirSync(join(folder, '.claude/docket.json'), { recursive: true });
    const found = findProject(folder, { HOME: home });
    expect(found.project?.root).toBe(root);
    expect(found.ignored.map(({ reason }) => reason)).toEqual([
      'it is not a file',
      'it cannot be read',
    ]);
    expect(findProject(join(root, 'x'.repeat(5_000)), { HOME: home }).project?.root).toBe(root);
  });

  test('is an error when the file that counts is broken, and no other one takes its place', () => {
    const home = freshFolder();
    const root = join(home, 'work');
    const file = write(join(root, '.claude/docket.json'), '{');
    initialise(join(root, 'inner'), ids.inner);
    expect(() => findProject(join(root, 'inner'), { HOME: home })).toThrow(
      `${file} is not valid JSON`,
    );
  });
});

describe('in git', () => {
  async function git(folder: string, ...args: readonly string[]): Promise<void> {
    await execa('git', args, {
      cwd: folder,
      env: {
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'alice',
        GIT_AUTHOR_EMAIL: 'alice@example.com',
        GIT_COMMITTER_NAME: 'alice',
        GIT_COMMITTER_EMAIL: 'alice@example.com',
      },
    });
  }

  async function repository(folder: string): Promise<string> {
    mkdirSync(folder, { recursive: true });
    await git(folder, 'init', '-q');
    write(join(folder, 'README'), 'x');
    await git(folder, 'add', 'README');
    await git(folder, 'commit', '-q', '-m', 'first');
    return folder;
  }

  test('a linked worktree without the file uses the main worktree’s', async () => {
    const home = freshFolder();
    const main = await repository(join(home, 'main'));
    const tree = join(home, 'trees/feature');
    await git(main, 'worktree', 'add', '-q', tree);
    expect(findProject(tree, { HOME: home })).toMatchObject({ project: undefined, checkout: tree });
    initialise(main);
    mkdirSync(join(tree, 'src'));
    for (const folder of [tree, join(tree, 'src')]) {
      const found = findProject(folder, { HOME: home });
      expect(found.project?.root).toBe(main);
      expect(found.checkout).toBe(tree);
    }
    // Its own file, of the same commit, is the nearer one.
    initialise(tree, ids.inner);
    expect(findProject(tree, { HOME: home }).project?.root).toBe(tree);
  });

  test('a worktree of a bare repository is a checkout of its own', async () => {
    const home = freshFolder();
    const main = await repository(join(home, 'main'));
    await git(home, 'clone', '-q', '--bare', main, 'bare.git');
    const tree = join(home, 'tree');
    await git(join(home, 'bare.git'), 'worktree', 'add', '-q', tree);
    expect(findProject(tree, { HOME: home })).toMatchObject({ project: undefined, checkout: tree });
  });

  test('a submodule belongs to the project around it, or to none', async () => {
    const home = freshFolder();
    const library = await repository(join(home, 'library'));
    const main = await repository(join(home, 'main'));
    await git(
      main,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      library,
      'sub',
    );
    const sub = join(main, 'sub');
    expect(findProject(sub, { HOME: home })).toMatchObject({ project: undefined, checkout: sub });
    initialise(main);
    expect(findProject(sub, { HOME: home }).project?.root).toBe(main);
  });

  test('a .git that means nothing is a checkout all the same', () => {
    const home = freshFolder();
    for (const text of ['', 'gitdir: /nowhere', 'gitdir: .', '\0']) {
      const root = join(home, `x${text.length}`);
      write(join(root, '.git'), text);
      expect(findProject(root, { HOME: home })).toMatchObject({
        project: undefined,
        checkout: root,
      });
    }
  });
});
