import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putOnPath } from '../../../lib/install/parts/path-command.ts';
import { installVersion } from '../../../lib/install/verbs/install-version.ts';
import { makeSetupUser, type SetupUser } from '../setup-user.ts';

/** Installs a build whose files all hold the same text. */
function installText(person: SetupUser, text: string, node = process.execPath): string {
  const dist = join(person.base, 'dist');
  rmSync(dist, { recursive: true, force: true });
  for (const path of ['docket.cjs', 'hook', 'hooks/x.cjs', 'metafile/x.json']) {
    mkdirSync(join(dist, path, '..'), { recursive: true });
    writeFileSync(join(dist, path), text);
  }
  return installVersion({ env: person.env, dist, version: '1.0.0', leaveOut: ['metafile'], node });
}

function dataOf(person: SetupUser): string {
  return join(person.home, '.local/share/docket');
}

test('current leads to a whole version with its Node.js and its command', () => {
  const person = makeSetupUser();
  const name = installText(person, 'one');
  const current = join(dataOf(person), 'current');
  expect(name).toMatch(/^1\.0\.0-[0-9a-f]{12}$/);
  expect(readlinkSync(current)).toBe(`versions/${name}`);
  expect(readdirSync(current).sort()).toEqual([
    'bin',
    'docket.cjs',
    'hook',
    'hooks',
    'node',
    'version',
  ]);
  expect(realpathSync(join(current, 'node'))).toBe(realpathSync(process.execPath));
  expect(readFileSync(join(current, 'version'), 'utf8')).toBe('1.0.0\n');
});

test('an upgrade keeps the version before and removes older ones', () => {
  const person = makeSetupUser();
  const [one, two, three] = ['one', 'two', 'three'].map((text) => installText(person, text));
  expect(new Set([one, two, three]).size).toBe(3);
  expect(readdirSync(join(dataOf(person), 'versions')).sort()).toEqual([two, three].sort());
  expect(readlinkSync(join(dataOf(person), 'current'))).toBe(`versions/${three}`);
});

test('installing the same again changes nothing but which Node.js is used', () => {
  const person = makeSetupUser();
  const name = installText(person, 'one');
  installText(person, 'two');
  const inode = (path: string) => spawnSync('ls', ['-di', path], { encoding: 'utf8' }).stdout;
  const folder = join(dataOf(person), 'versions', name);
  const before = inode(folder);
  expect(installText(person, 'one', '/bin/sh')).toBe(name);
  expect(inode(folder)).toBe(before);
  expect(readlinkSync(join(folder, 'node'))).toBe('/bin/sh');
});

test('a version that lost a file is put there again', () => {
  const person = makeSetupUser();
  const name = installText(person, 'one');
  const file = join(dataOf(person), 'versions', name, 'hooks/x.cjs');
  rmSync(file);
  expect(installText(person, 'one')).toBe(name);
  expect(readFileSync(file, 'utf8')).toBe('one');
});

test('a draft that a killed setup left does not get in the way', () => {
  const person = makeSetupUser();
  installText(person, 'one');
  const data = dataOf(person);
  mkdirSync(join(data, 'versions/.new-killed'));
  symlinkSync('nowhere', join(data, `current.${process.pid}`));
  const name = installText(person, 'two');
  expect(readlinkSync(join(data, 'current'))).toBe(`versions/${name}`);
});

test('who starts a hook during upgrades always finds it, whole', async () => {
  const person = makeSetupUser();
  installText(person, 'start');
  const current = join(dataOf(person), 'current');
  const reader = spawn('sh', [
    '-c',
    'n=0; while [ ! -e "$1/stop" ]; do cat "$1/current/hooks/x.cjs" >/dev/null || exit 1; n=$((n+1)); done; echo $n',
    'reader',
    dataOf(person),
  ]);
  let seen = '';
  reader.stdout.on('data', (text) => {
    seen += text;
  });
  const ended = new Promise<number | null>((resolve) => reader.on('close', resolve));
  for (let round = 0; round < 40; round += 1) {
    installText(person, `round ${round % 5}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  writeFileSync(join(dataOf(person), 'stop'), '');
  expect(await ended).toBe(0);
  expect(Number(seen)).toBeGreaterThan(10);
  expect(existsSync(current)).toBe(true);
});

test('the command starts the installation, wherever the person stands', () => {
  const person = makeSetupUser();
  installText(person, 'console.log(process.argv.slice(2).join(), process.version)');
  const { path, onPath } = putOnPath(person.env, join(dataOf(person), 'current'));
  expect(path).toBe(join(person.home, '.local/bin/docket'));
  expect(onPath).toBe(false);
  const { stdout } = spawnSync(path, ['list', '--json'], { cwd: '/', encoding: 'utf8' });
  expect(stdout).toBe(`list,--json ${process.version}\n`);
});

test.for([
  ['--require ./no-such-tracer.cjs', '--require ./no-such-tracer.cjs'],
  ['', ''],
  [undefined, ''],
] as const)('the command starts under NODE_OPTIONS %j and keeps it', ([options, kept]) => {
  const person = makeSetupUser();
  installText(
    person,
    'const { NODE_OPTIONS: a = "", DOCKET_NODE_OPTIONS: b = "" } = process.env; console.log(a, b)',
  );
  const { path } = putOnPath(person.env, join(dataOf(person), 'current'));
  const { NODE_OPTIONS: _, ...outer } = process.env;
  const env = { ...outer, ...(options === undefined ? {} : { NODE_OPTIONS: options }) };
  const { stdout } = spawnSync(path, [], { encoding: 'utf8', env });
  expect(stdout).toBe(` ${kept}\n`);
});

test("another program's docket is left alone, and the next folder used", () => {
  const person = makeSetupUser({ PATH: '/usr/bin' });
  const foreign = join(person.home, '.local/bin/docket');
  mkdirSync(join(foreign, '..'), { recursive: true });
  writeFileSync(foreign, 'something else');
  const env = { ...person.env, PATH: `/usr/bin:${join(person.home, 'bin')}` };
  const put = putOnPath(env, join(dataOf(person), 'current'));
  expect(put).toEqual({ path: join(person.home, 'bin/docket'), onPath: true });
  expect(readFileSync(foreign, 'utf8')).toBe('something else');
});

test('when no folder can take the command, it says what to do', () => {
  const person = makeSetupUser();
  for (const folder of ['.local/bin', 'bin']) {
    mkdirSync(join(person.home, folder, 'docket'), { recursive: true });
  }
  expect(() => putOnPath(person.env, join(dataOf(person), 'current'))).toThrow(/cannot write/);
});
