import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseDatabase } from '../../lib/config/database.ts';
import { isStateOwn } from '../../lib/config/own-place.ts';
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

describe('in a session that is in another folder than its project, a list does not count', () => {
  let elsewhere: string;

  beforeEach(() => {
    elsewhere = join(home, 'elsewhere/else');
    initialise(elsewhere, ids.inner, url);
  });

  /** What a command gets in a folder, with variables that the settings of a repository set. */
  function planElsewhere(variables: Env): string | undefined {
    return plan(elsewhere, { CLAUDE_PROJECT_DIR: elsewhere, ...variables });
  }

  test('in a repository, which no variable names', () => {
    approveIn(join(main, 'cfg'));
    approveIn(join(main, '.config'));
    write(join(main, '.git/HEAD'), '');
    expect(planElsewhere({ XDG_CONFIG_HOME: join(main, 'cfg') })).toBe('not_trusted');
    expect(planElsewhere({ HOME: main })).toBe('not_trusted');
    symlinkSync(join(main, 'cfg'), join(home, 'way'));
    expect(planElsewhere({ XDG_CONFIG_HOME: join(home, 'way') })).toBe('not_trusted');
  });

  test('in a linked worktree, or in a project without git', () => {
    approveIn(join(linked, 'cfg'));
    approveIn(join(archive, 'deep/cfg'));
    expect(planElsewhere({ XDG_CONFIG_HOME: join(linked, 'cfg') })).toBe('not_trusted');
    expect(planElsewhere({ XDG_CONFIG_HOME: join(archive, 'deep/cfg') })).toBe('not_trusted');
    approveIn(join(home, 'plain/cfg'));
    write(join(home, 'plain/.claude/settings.json'), '{}');
    expect(planElsewhere({ XDG_CONFIG_HOME: join(home, 'plain/cfg') })).toBe('not_trusted');
  });

  test('in the folder that the command runs in', () => {
    approveIn(join(home, 'tarball/cfg'));
    const before = process.cwd();
    process.chdir(join(home, 'tarball'));
    try {
      expect(planElsewhere({ XDG_CONFIG_HOME: join(home, 'tarball/cfg') })).toBe('not_trusted');
    } finally {
      process.chdir(before);
    }
    expect(planElsewhere({ XDG_CONFIG_HOME: join(home, 'tarball/cfg') })).toBeUndefined();
  });

  test('neither does its password, its default file, or what it remembers of sessions', () => {
    const cfg = join(main, 'cfg');
    const entry = { user: 'mallory', password: 'x' };
    write(
      join(cfg, 'docket/credentials.json'),
      JSON.stringify({ 'mysql://db.example.com:3306/n': entry }),
    );
    write(join(main, '.git/HEAD'), '');
    const env = { HOME: home, CLAUDECODE: '1', XDG_CONFIG_HOME: cfg };
    expect(loginOf(resolveContext(elsewhere, env), env)).toMatchObject({ password: '' });
    initialise(elsewhere, ids.inner);
    expect(planElsewhere({ XDG_DATA_HOME: join(main, 'data') })).toBe('not_trusted');
    for (const moved of [{ XDG_STATE_HOME: join(main, 'state') }, { HOME: main }]) {
      expect(isStateOwn(elsewhere, { HOME: home, CLAUDECODE: '1', ...moved })).toBe(false);
    }
    expect(isStateOwn(elsewhere, { HOME: home, CLAUDECODE: '1' })).toBe(true);
    const moved = { XDG_STATE_HOME: join(home, 'big-disk/state') };
    expect(isStateOwn(elsewhere, { HOME: home, CLAUDECODE: '1', ...moved })).toBe(true);
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

  test('in the usual place that is a repository of its own, as people keep their settings', () => {
    approveIn(join(home, '.config'));
    write(join(home, '.config/.git/HEAD'), '');
    write(join(home, '.claude/settings.json'), '{}');
    expect(plan(main, {})).toBeUndefined();
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
