import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtHooks } from '../../hooks/built-hooks.ts';
import {
  install,
  makeRepository,
  makeSetupUser,
  type SetupUser,
} from '../../install/setup-user.ts';

/** Somebody with docket installed, a project, and everything that docket can keep for them. */
async function makeUser() {
  const person = makeSetupUser();
  for (const folder of ['.local/bin', '.local/share', '.local/state', '.config', '.claude/agents'])
    mkdirSync(join(person.home, folder), { recursive: true });
  writeFileSync(join(person.home, '.claude/settings.json'), '{"model":"opus","hooks":{}}');
  const before = tree(person.home);
  install(person, await builtHooks());
  const project = makeRepository(person, 'web');
  await person.docket(project, 'init');
  await person.docket(project, 'create', 'Keep me');
  await person.docket(project, 'init', '--user', '--agents');
  await person.docket(project, 'trust', 'mysql://db.example.com/tasks');
  return { person, project, before };
}

/** Paths below a folder, with the text of files. */
function tree(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const)
    .map(([path, isFile]) => (isFile ? `${path}: ${readFileSync(path, 'latin1')}` : path))
    .sort();
}

/** Runs the installed command, which removes its own code. */
function installed({ base, home, env }: SetupUser, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(home, '.local/bin/docket'), args, {
    cwd: base,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const list = '.local/share/docket/docket.db';

test('docket removes itself, and what it leaves is the home as it was and the tasks', async () => {
  const { person, project, before } = await makeUser();
  await person.docket(project, 'uninstall', project);
  const { status, stdout, stderr } = installed(person, 'uninstall', '--all');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const path = join(person.home, list);
  expect(stdout).toContain(`Removed ${join(person.home, '.local/bin/docket')}`);
  expect(stdout).toContain(`Kept ${path}: your tasks`);
  const after = tree(person.home).filter((each) => !each.startsWith(path));
  expect(after).toEqual([...before, join(person.home, '.local/share/docket')].sort());

  install(person, await builtHooks());
  await person.docket(project, 'init');
  expect((await person.docket(project, 'list')).stdout).toContain('Keep me');
});

test('--lists takes the tasks and their copies along: nothing is left', async () => {
  const { person, project, before } = await makeUser();
  writeFileSync(join(person.home, `${list}.schema-3`), 'a copy');
  await person.docket(project, 'uninstall', project);
  expect(installed(person, 'uninstall', '--all', '--lists').status).toBe(0);
  expect(tree(person.home)).toEqual(before);
});

test('projects with its files are named before anything is removed, and may be left so', async () => {
  const { person, project } = await makeUser();
  const before = tree(person.home);
  const first = installed(person, 'uninstall', '--all', '--lists');
  expect(first.status).toBe(4);
  expect(first.stdout).toContain(`\n  docket uninstall '${project.replace("'", "'\\''")}'\n`);
  expect(tree(person.home).filter((path) => !/compile-cache/.test(path))).toEqual(
    before.filter((path) => !/compile-cache/.test(path)),
  );
  const second = installed(person, 'uninstall', '--all', '--anyway');
  expect(second.status).toBe(0);
  expect(second.stdout).toContain(`Left as it is: docket's files in ${project}`);
  expect(existsSync(join(project, '.claude/docket.json'))).toBe(true);
  expect(existsSync(join(person.home, '.local/bin/docket'))).toBe(false);
});

test('a project that is gone keeps nobody from taking docket away', async () => {
  const { person, project } = await makeUser();
  rmSync(project, { recursive: true });
  expect(installed(person, 'uninstall', '--all').status).toBe(0);
});

test('files of others in its folders stay, and so does a command of another program', async () => {
  const { person, project } = await makeUser();
  await person.docket(project, 'uninstall', project);
  const certificate = join(person.home, '.config/docket/ca.pem');
  writeFileSync(certificate, 'a certificate');
  mkdirSync(join(person.home, 'bin'));
  writeFileSync(join(person.home, 'bin/docket'), '#!/bin/sh\n');
  const { stdout } = installed(person, 'uninstall', '--all');
  expect(stdout).toContain(`Kept ${certificate}, which is not docket's`);
  expect(existsSync(certificate)).toBe(true);
  expect(existsSync(join(person.home, 'bin/docket'))).toBe(true);
});

test('a dry run, a session of Claude Code and a wrong flag change nothing', async () => {
  const { person, project } = await makeUser();
  await person.docket(project, 'uninstall', project);
  const before = tree(person.home);
  const dry = await person.docket(project, 'uninstall', '--all', '--dry-run');
  expect(dry.stdout).toContain(`Would remove ${join(person.home, '.local/bin/docket')}`);
  const session = makeSession(person);
  const inside = await session('uninstall', '--all');
  expect(inside.exitCode).toBe(2);
  expect(inside.stderr).toContain('Run in a terminal of your own: docket uninstall --all');
  for (const flags of [['--lists'], ['--anyway'], ['--all', '.']]) {
    expect((await person.docket(project, 'uninstall', ...flags)).exitCode).toBe(2);
  }
  expect(tree(person.home)).toEqual(before);
});

/** The person's docket as a session of Claude Code runs it. */
function makeSession({ base, home }: SetupUser) {
  const person = makeSetupUser({ HOME: home, CLAUDECODE: '1' });
  return (...argv: readonly string[]) => person.docket(base, ...argv);
}
