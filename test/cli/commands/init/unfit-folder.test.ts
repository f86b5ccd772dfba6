import { chownSync, mkdirSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../../../cli/main.ts';
import { whyNoProject } from '../../../../lib/install/parts/unfit-folder.ts';
import { plainStyle } from '../../../../lib/render/text/style.ts';
import { git, makeRepository, makeSetupUser } from '../../../install/setup-user.ts';
import { init, tree } from './run-init.ts';

test.for(['/', '/usr', '/tmp', '/proc', '/proc/self/cwd/..', '/var/lib', tmpdir()])(
  '%s is refused, whatever is said',
  async (folder) => {
    const person = makeSetupUser();
    for (const more of [[], ['--anyway'], ['--dry-run']]) {
      const { exitCode, error } = await init(person, person.base, folder, ...more);
      expect([exitCode, error.code]).toEqual([2, 'usage']);
      expect(error.message).toContain('everything below it');
      expect(error.hint).toContain('--user');
    }
  },
);

test.for([
  '/System',
  '/Users',
  '/Volumes',
  '/Library',
  '/private/tmp',
  '/home',
  '/srv',
  '/sys/kernel',
])('%s can be no project', (folder) => {
  expect(whyNoProject(folder, {})).toContain('belongs to the system');
});

test('a folder that holds the home folder is refused, also by another name', async () => {
  const person = makeSetupUser();
  const inside = join(person.base, 'people/alice');
  mkdirSync(inside, { recursive: true });
  const alice = { ...person.env, HOME: inside };
  symlinkSync(join(person.base, 'people'), join(person.base, 'link'));
  for (const folder of [person.base, join(person.base, 'people'), join(person.base, 'link')]) {
    expect(whyNoProject(folder, alice)).toContain('holds your home folder');
  }
  expect(whyNoProject(join(inside, 'web'), alice)).toBeUndefined();
  const { exitCode, error } = await init(person, person.base, '--anyway');
  expect([exitCode, error.message]).toEqual([2, expect.stringContaining('holds your home folder')]);
});

test("git's and Claude Code's own folders are refused, a worktree in one is not", async () => {
  const person = makeSetupUser();
  const web = makeRepository(person, 'web');
  await init(person, web);
  for (const inner of ['.git', '.git/hooks', '.claude']) {
    const { exitCode, error } = await init(person, join(web, inner), '--anyway');
    expect([exitCode, error.code]).toEqual([2, 'usage']);
    expect(error.hint).toContain("web'");
  }
  git(web, 'worktree', 'add', '--quiet', '.claude/worktrees/one');
  expect((await init(person, join(web, '.claude/worktrees/one'))).exitCode).toBe(0);
});

test('the home folder of the account is called so, whatever HOME says', () => {
  expect(whyNoProject(homedir(), { HOME: '/nowhere' })).toContain('is the home folder of your');
});

test('outside a git repository init asks for --anyway, and writes nothing before', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, 'plain');
  mkdirSync(folder);
  const { exitCode, error } = await init(person, folder);
  expect([exitCode, error.code]).toEqual([2, 'usage']);
  expect(error.hint).toContain('plain');
  expect(error.hint).toContain('--anyway');
  expect(tree(person.base)).toEqual({});
  expect((await init(person, folder, '--anyway')).exitCode).toBe(0);
  expect((await init(person, folder)).exitCode).toBe(0);
  const below = join(folder, 'below');
  mkdirSync(below);
  expect((await init(person, below)).exitCode).toBe(0);
});

test('a folder in a repository needs no word', async () => {
  const person = makeSetupUser();
  const folder = join(makeRepository(person, 'web'), 'packages/api');
  mkdirSync(folder, { recursive: true });
  expect((await init(person, folder)).exitCode).toBe(0);
});

test.skipIf(process.getuid?.() !== 0)(
  'root sets up a folder of another user only when it says so',
  async () => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    chownSync(folder, 12_345, 12_345);
    const { exitCode, error } = await init(person, folder);
    expect([exitCode, error.message]).toEqual([2, expect.stringContaining('user id 12345')]);
    expect((await init(person, folder, '--anyway')).exitCode).toBe(0);
  },
);

test('doctor tells of a list that an older docket made too high', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await init(person, folder);
  const home = join(folder, 'alice');
  mkdirSync(home);
  const { stdout } = await run(['doctor', '--json'], {
    env: { ...person.env, HOME: home },
    cwd: folder,
    style: plainStyle,
    readStdin: async () => '',
    progress: () => {},
  });
  const { checks } = JSON.parse(stdout).data;
  const list = checks.find(({ name }: { name: string }) => name === 'list');
  expect(list).toMatchObject({ status: 'warn', next: expect.stringContaining('docket uninstall') });
  expect(list.message).toContain('holds for everything below it');
});
