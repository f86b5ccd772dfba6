import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { git, makeRepository, makeSetupUser, type SetupUser } from '../install/setup-user.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the package manager needs of the machine to reach its registry. */
const network = /^(npm_config_registry|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_)/i;

function environment(person: SetupUser): Record<string, string> {
  const machine = Object.entries(process.env).filter(([name]) => network.test(name));
  const config = process.env.NPM_CONFIG_USERCONFIG ?? join(process.env.HOME ?? '', '.npmrc');
  return {
    ...(Object.fromEntries(machine) as Record<string, string>),
    ...(existsSync(config) ? { NPM_CONFIG_USERCONFIG: config } : {}),
    HOME: person.home,
    // As on the machine of a newcomer: the system's own Node.js, whatever its version.
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TMPDIR: person.base,
    // The package manager's own cache is none of docket's.
    npm_config_cache: join(person.base, 'npm'),
    LANG: 'C.UTF-8',
  };
}

/** A clone of this repository as it is now, with what is not committed yet. */
function cloneProject(person: SetupUser): string {
  const clone = join(person.base, 'docket');
  git(person.base, 'clone', '--quiet', '--no-hardlinks', root, 'docket');
  const listed = git(root, 'ls-files', '-z', '--modified', '--others', '--exclude-standard');
  for (const path of listed.split('\0').filter((each) => each !== '')) {
    const text = existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined;
    mkdirSync(join(clone, path, '..'), { recursive: true });
    if (text === undefined) rmSync(join(clone, path), { force: true });
    else writeFileSync(join(clone, path), text);
  }
  return clone;
}

function setup(person: SetupUser, clone: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(clone, 'scripts/setup'), args, {
    cwd: person.base,
    env: environment(person),
    encoding: 'utf8',
  });
  return { status, stdout, all: stdout + stderr };
}

/** Paths below folders, with the text of files; git's own left out. */
function treesOf(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }))
    .filter(({ path }) => !path.includes('/.git'))
    .map(({ path, isFile }) => (isFile ? `${path}: ${readFileSync(path, 'latin1')}` : path))
    .sort();
}

test('from a fresh clone into a fresh home: a project works, twice, and without one a sample', () => {
  const person = makeSetupUser();
  const clone = cloneProject(person);
  const project = makeRepository(person, 'web');
  const before = treesOf(person.home, project);
  const first = setup(person, clone, project);
  expect(first.all).toContain('docket works');
  expect(first.status).toBe(0);
  expect(first.stdout).toContain(`Made the list web, in sqlite:${person.home}`);
  expect(first.stdout).toContain('  | <docket workspace="web"');
  expect(first.stdout.match(/not committed yet/g)).toHaveLength(1);
  expect(first.stdout).toContain(`export PATH="${person.home}/.local/bin:$PATH"`);

  const current = join(person.home, '.local/share/docket/current');
  const version = readlinkSync(current);
  const again = setup(person, clone, project);
  expect(again.status).toBe(0);
  expect(again.stdout).toContain('Nothing to change.');
  expect(again.stdout).not.toContain('Installing what the build needs');
  expect(readlinkSync(current)).toBe(version);

  const sample = setup(person, clone);
  expect(sample.status).toBe(0);
  expect(sample.stdout).toContain('Made the list docket-sample');
  expect(sample.stdout).toContain('Try it:');
  const second = setup(person, clone);
  expect(second.stdout).toContain('Joined the list that another clone');

  // The clone may go: nothing links into it.
  rmSync(clone, { recursive: true });
  const command = join(person.home, '.local/bin/docket');
  const env = environment(person);
  const created = spawnSync(command, ['create', 'First'], { cwd: project, env, encoding: 'utf8' });
  expect(created.stdout).toContain('web-');
  const doctor = spawnSync(command, ['doctor'], { cwd: project, env, encoding: 'utf8' });
  expect(doctor.stdout).toContain('First');
  expect(doctor.status).toBe(0);
  expect(readdirSync(join(person.home, '.local/share/docket/versions'))).toHaveLength(1);

  // Taken out again, nothing of it is left: neither in the project nor in the home.
  expect(spawnSync(command, ['uninstall', project], { cwd: person.base, env }).status).toBe(0);
  const all = ['uninstall', '--all', '--lists', '--anyway'];
  const gone = spawnSync(command, all, { cwd: person.base, env, encoding: 'utf8' });
  expect({ status: gone.status, stderr: gone.stderr }).toEqual({ status: 0, stderr: '' });
  expect(treesOf(person.home, project)).toEqual(before);
}, 400_000);

test('what is no folder is refused before anything is done', () => {
  const person = makeSetupUser();
  const { status, all } = setup(person, root, join(person.base, 'missing'));
  expect(status).toBe(2);
  expect(all).toContain('is not a folder');
  expect(readdirSync(person.home)).toEqual([]);
});

test('an unknown option is refused before anything is done, and says how to call it', () => {
  const person = makeSetupUser();
  const { status, stdout, all } = setup(person, root, '--frob');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(all).toContain('There is no option --frob: scripts/setup [PROJECT]');
  expect(readdirSync(person.home)).toEqual([]);
});

test.for(['--help', '-h'])('%s tells how to call it, and nothing is done', (option) => {
  const person = makeSetupUser();
  const { status, stdout } = setup(person, root, option);
  expect(status).toBe(0);
  expect(stdout).toContain('scripts/setup [PROJECT]');
  expect(readdirSync(person.home)).toEqual([]);
});
