import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAll } from '../../scripts/build.ts';
import { hookNames } from '../hooks/hook-names.ts';

let base: string;
let dist: string;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'docket build '));
  dist = join(base, 'dist');
  await buildAll(dist);
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

const bundles = [
  ...hookNames,
  ...[
    'agent-report',
    'archived-history',
    'archived-task',
    ...['cli', 'cli-around', 'cli-help', 'cli-list', 'cli-look', 'cli-more', 'cli-moving'],
    ...['cli-past', 'cli-registry', 'cli-run', 'cli-set-up', 'cli-verify', 'cli-work'],
    'edits',
    'freed',
    'front-matter',
    'inherit-claims',
    'mysql',
    'mysql-socket',
    'outbox',
    'plain-inputs',
    'process',
  ],
  ...['sqlite-migrate', 'sqlite-trouble', 'tell-mode', 'update-file'],
];

function inputsOf(entry: string): readonly string[] {
  const text = readFileSync(join(dist, 'metafile', `${entry}.json`), 'utf8');
  return Object.keys(JSON.parse(text).inputs);
}

function importsOf(entry: string): readonly string[] {
  const text = readFileSync(join(dist, 'metafile', `${entry}.json`), 'utf8');
  return [...new Set(JSON.parse(text).imports as string[])];
}

function start(
  file: string,
  options: { args?: readonly string[]; input?: string; node?: readonly string[] } = {},
) {
  const { args = [], input = '{}', node = [] } = options;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...node, join(dist, file), ...args],
    { input, encoding: 'utf8', cwd: base, env: { HOME: base, PATH: process.env.PATH } },
  );
  return { status, stdout, stderr };
}

test('there is a bundle for each hook, the CLI and what it loads, and what starts them', () => {
  expect(readdirSync(join(dist, 'hooks')).sort()).toEqual(hookNames.map((name) => `${name}.cjs`));
  const files = bundles.map((name) => `${name}.js`);
  expect(readdirSync(join(dist, 'code')).sort()).toEqual(files.sort());
  expect(readdirSync(dist).sort()).toEqual([
    'code',
    'docket.cjs',
    'hook',
    'hooks',
    'licences.txt',
    'metafile',
    'status-line',
  ]);
});

const ofCommands = bundles.filter((name) => name.startsWith('cli') && name !== 'cli-moving');

test.each([...hookNames, ...ofCommands])(
  '%s holds no MySQL driver, execa or linter of its own',
  (entry) => {
    const foreign = inputsOf(entry).filter((path) => path.includes('node_modules'));
    const small = /node_modules\/(?:zod|get-east-asian-width|diff|jsonc-parser)\//;
    expect(foreign.filter((path) => !small.test(path))).toEqual([]);
    // The statements that make accounts are no driver: they run over any open database.
    const statements = /mysql\/(?:accounts|dialect)\.ts$/;
    const driver = inputsOf(entry).filter((path) => path.startsWith('lib/store/mysql/'));
    expect(driver.filter((path) => !statements.test(path))).toEqual([]);
    expect(importsOf(entry).filter((path) => !path.startsWith('node:'))).toEqual([]);
  },
);

test('a hook that needs no database holds no driver at all', () => {
  for (const entry of ['pre-tool-use', 'permission-request']) {
    expect(inputsOf(entry).filter((path) => path.startsWith('lib/store/'))).toEqual([]);
  }
});

test('the driver is loaded from its own bundle when the database is a server', () => {
  const url = 'mysql://127.0.0.1:1/tasks';
  const { status, stdout } = start('docket.cjs', { args: ['list', '--json', '--database', url] });
  expect(JSON.parse(stdout).error.code).toBe('unreachable');
  expect(JSON.parse(stdout).error.message).toContain('ECONNREFUSED');
  expect(status).toBe(69);
});

test('the built CLI works on SQLite', () => {
  const { status, stdout } = start('docket.cjs', { args: ['create', 'One', '--json'] });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).data.task.title).toBe('One');
});

test('what a rarer command refuses is told as by any other', () => {
  const { status, stdout } = start('docket.cjs', { args: ['billing', '--from', 'x', '--json'] });
  expect(JSON.parse(stdout).error.code).toBe('invalid_input');
  expect(status).toBe(2);
});

// What an old Node.js sees of the bundle is its own version; it parses the file as these do, which
// the target of the build takes care of.
function pretending(version: string): readonly string[] {
  const preload = join(base, 'pretend.cjs');
  writeFileSync(
    preload,
    `Object.defineProperty(process.versions, 'node', { value: '${version}' });`,
  );
  return ['--require', preload];
}

test.each(['12.22.12', '18.20.4', '20.20.2', '22.12.0'])(
  'Node.js %s is refused by hooks',
  (old) => {
    const node = pretending(old);
    const silent = hookNames.filter((name) => name !== 'permission-request');
    for (const name of silent) {
      expect(start(`hooks/${name}.cjs`, { node })).toEqual({ status: 0, stdout: '', stderr: '' });
    }
    const { stdout } = start('hooks/permission-request.cjs', { node });
    expect(JSON.parse(stdout).hookSpecificOutput).toEqual({
      hookEventName: 'PermissionRequest',
      decision: { behavior: 'allow' },
    });
  },
);

test('an old Node.js is told to the person once, when a session starts', () => {
  const node = pretending('20.20.2');
  const input = JSON.stringify({ source: 'startup' });
  const { stdout } = start('hooks/session-start.cjs', { node, input });
  expect(JSON.parse(stdout).systemMessage).toContain('22.13 or newer and finds 20.20.2');
  const resumed = start('hooks/session-start.cjs', { node, input: '{"source":"resume"}' });
  expect(resumed.stdout).toBe('');
});

test.each(['22.13.0', '23.0.0', '24.21.0', '26.1.0'])('Node.js %s is accepted', (version) => {
  const node = pretending(version);
  expect(start('docket.cjs', { node, args: ['--version'] }).status).toBe(0);
});

test('an old Node.js is refused by the CLI with what to do', () => {
  const { status, stderr } = start('docket.cjs', { node: pretending('20.20.2'), args: ['list'] });
  expect(status).toBe(1);
  expect(stderr).toContain('docket needs Node.js 22.13 or newer and was started with 20.20.2');
});

test('the licences of the packages that are built in come along', () => {
  const text = readFileSync(join(dist, 'licences.txt'), 'utf8');
  const paths = [...bundles].flatMap(inputsOf);
  const packages = paths.flatMap((path) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return name === undefined ? [] : [name];
  });
  const names = [...text.matchAll(/^== (\S+)/gm)].map(([, name]) => name);
  expect(names).toEqual([...new Set(packages)].sort());
  expect(names).toEqual(expect.arrayContaining(['execa', 'mysql2', 'zod']));
  expect(text).toContain('Copyright');
});
