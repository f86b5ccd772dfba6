import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseDatabase } from '../../lib/config/database.ts';
import type { Env } from '../../lib/config/paths.ts';
import { loginOf, planConnection, resolveContext } from '../../lib/config/resolve.ts';
import { approve } from '../../lib/config/trust.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { freshFolder, ids, initialise, write } from './folders.ts';

const url = 'mysql://db.example.com/n';

let home: string;
let main: string;
let linked: string;
let archive: string;

beforeEach(() => {
  home = freshFolder();
  main = join(home, 'code/web');
  linked = join(home, 'trees/feature');
  archive = join(home, 'unpacked/sub');
  initialise(main, ids.outer, url);
  write(join(main, '.git/worktrees/feature/commondir'), '../..\n');
  write(join(linked, '.git'), `gitdir: ${main}/.git/worktrees/feature\n`);
  initialise(linked, ids.outer, url);
  initialise(archive, ids.outer, url);
});

/** What a session in a folder gets with variables that the project's settings set. */
function plan(folder: string, variables: Env): string | undefined {
  const env = { HOME: home, CLAUDECODE: '1', CLAUDE_PROJECT_DIR: folder, ...variables };
  try {
    planConnection(resolveContext(folder, env), env);
    return undefined;
  } catch (error) {
    return error instanceof DocketError ? error.code : String(error);
  }
}

function approveIn(folder: string): void {
  approve({ XDG_CONFIG_HOME: folder }, parseDatabase(url, '/'));
}

describe('in a session, a list of approvals does not count', () => {
  test('in the main worktree of a linked one', () => {
    approveIn(join(main, 'cfg'));
    expect(plan(linked, { XDG_CONFIG_HOME: join(main, 'cfg') })).toBe('not_trusted');
  });

  test('beside the project in what was unpacked with it', () => {
    approveIn(join(home, 'unpacked/cfg'));
    expect(plan(archive, { XDG_CONFIG_HOME: join(home, 'unpacked/cfg') })).toBe('not_trusted');
  });

  test('through a link in the project, wherever it leads', () => {
    approveIn(join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), join(archive, 'lnk'));
    expect(plan(archive, { XDG_CONFIG_HOME: join(archive, 'lnk') })).toBe('not_trusted');
  });

  test.runIf(process.platform === 'linux')('through the process’s own folder', () => {
    approveIn(join(home, 'elsewhere'));
    const place = join('/proc/self/root', home, 'elsewhere');
    expect(plan(archive, { XDG_CONFIG_HOME: place })).toBe('not_trusted');
    const before = process.cwd();
    approveIn(join(home, 'unpacked/.config'));
    process.chdir(join(home, 'unpacked'));
    try {
      expect(plan(archive, { HOME: '/proc/self/cwd' })).toBe('not_trusted');
    } finally {
      process.chdir(before);
    }
  });
});

describe('in a session, a list of approvals counts', () => {
  test('in the usual place, and where the person moved it', () => {
    approveIn(join(home, '.config'));
    approveIn(join(home, 'own/config'));
    for (const folder of [main, linked, archive]) {
      expect(plan(folder, {})).toBeUndefined();
      expect(plan(folder, { XDG_CONFIG_HOME: join(home, '.config') })).toBeUndefined();
      expect(plan(folder, { XDG_CONFIG_HOME: join(home, 'own/config') })).toBeUndefined();
    }
  });

  test('for a project that lies beside it in the usual place', () => {
    approveIn(join(home, '.config'));
    const folder = join(home, '.config/editor');
    initialise(folder, ids.outer, url);
    expect(plan(folder, {})).toBeUndefined();
    expect(plan(folder, { XDG_CONFIG_HOME: join(home, '.config/') })).toBeUndefined();
  });
});

test('in a session, the default file in the project is not the person’s', () => {
  for (const folder of [main, linked, archive]) initialise(folder);
  expect(plan(main, { XDG_DATA_HOME: join(main, 'data') })).toBe('not_trusted');
  expect(plan(linked, { XDG_DATA_HOME: join(main, 'data') })).toBe('not_trusted');
  expect(plan(main, { HOME: main })).toBe('not_trusted');
  expect(plan(main, {})).toBeUndefined();
  // Beside the project, as on a large disk, where HOME is another.
  expect(plan(main, { XDG_DATA_HOME: join(home, 'code/data'), HOME: '/' })).toBeUndefined();
  expect(plan(home, {})).toBeUndefined();
  // In a terminal of one's own the variable is one's own word.
  const env = { HOME: home, XDG_DATA_HOME: join(main, 'data') };
  expect(planConnection(resolveContext(main, env), env)).toMatchObject({ kind: 'sqlite' });
});

test('user and password do not come from the project', () => {
  const cfg = join(main, 'cfg/docket');
  write(join(cfg, 'config.json'), '{"user": "mallory"}');
  write(
    join(cfg, 'credentials.json'),
    JSON.stringify({ 'mysql://db.example.com:3306/n': { user: 'mallory', password: 'x' } }),
  );
  initialise(main, ids.outer, 'mysql://mallory@db.example.com/n');
  const env = { HOME: home, CLAUDECODE: '1', XDG_CONFIG_HOME: join(main, 'cfg') };
  const login = loginOf(resolveContext(main, env), env);
  expect(login.user).not.toBe('mallory');
  expect(login.password).toBe('');
});
