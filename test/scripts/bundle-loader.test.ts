import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildAll } from '../../scripts/build.ts';

let base: string;
let installed: string;
let cache: string;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'docket loader '));
  await buildAll(join(base, 'dist'));
});

beforeEach(() => {
  installed = mkdtempSync(join(base, 'installed-'));
  cpSync(join(base, 'dist'), installed, { recursive: true });
  cache = join(installed, 'compile-cache');
  // The database is made: that code is kept only by the run that makes one.
  docket('list');
  rmSync(cache, { recursive: true });
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

function docket(...args: readonly string[]) {
  const file = join(installed, 'docket.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    cwd: base,
    env: { HOME: installed, PATH: process.env.PATH },
  });
  return { status, stdout, stderr };
}

function kept(): readonly string[] {
  return readdirSync(installed).includes('compile-cache') ? readdirSync(cache) : [];
}

/** What `docket list` keeps: of the bundle that finds a command, and of that which shows lists. */
const [listCache, shownCache] = ['cli', 'cli-list'].map(
  (bundle) => `cli-list.${bundle}.${process.version}.${process.arch}`,
) as [string, string];

test('a run that did its work keeps its code, a file for each command and bundle', () => {
  docket('list');
  expect(kept().toSorted()).toEqual([shownCache, listCache]);
  docket('ready', '--json');
  const ready = [shownCache, listCache].map((name) => name.replace('cli-list', 'cli-ready'));
  expect(kept().toSorted()).toEqual([shownCache, listCache, ...ready]);
  expect(statSync(join(cache, listCache)).mode & 0o777).toBe(0o600);
});

test('kept code is loaded and not written again', () => {
  docket('list');
  const before = statSync(join(cache, listCache));
  const again = docket('list');
  const after = statSync(join(cache, listCache));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(again).toEqual({ status: 0, stdout: expect.stringContaining('Nothing'), stderr: '' });
});

test('what other runs have compiled is added after a day', () => {
  docket('list', '--help');
  const path = join(cache, shownCache);
  const little = statSync(path);
  docket('list');
  expect(statSync(path).ino).toBe(little.ino);
  const yesterday = Date.now() / 1_000 - 25 * 3_600;
  utimesSync(path, yesterday, yesterday);
  docket('list');
  const more = statSync(path);
  expect(more.size).toBeGreaterThan(1.2 * little.size);
  docket('list');
  expect(statSync(path).ino).toBe(more.ino);
});

test('a hook keeps its code as well', () => {
  const { status } = spawnSync(process.execPath, [join(installed, 'hooks/heartbeat.cjs')], {
    input: '{}',
    env: { HOME: installed },
  });
  expect(status).toBe(0);
  expect(kept()).toEqual([`heartbeat.heartbeat.${process.version}.${process.arch}`]);
});

test('a run that failed keeps nothing', () => {
  expect(docket('list', '--status', 'lost').status).toBe(2);
  expect(docket('../../list').status).toBe(2);
  expect(kept()).toEqual([]);
});

test.each([
  ['empty', () => Buffer.alloc(0)],
  ['of zeros', (good: Buffer) => Buffer.alloc(good.length)],
  ['cut', (good: Buffer) => good.subarray(0, good.length - 4_097)],
  ['zeroed in its tail', (good: Buffer) => Buffer.concat([good.subarray(0, -40_000)], good.length)],
  ['another text', () => Buffer.from('not code at all, not code at all, ')],
])('a cache that is %s is replaced and does no harm', (_, damage) => {
  const { stdout } = docket('list');
  const path = join(cache, listCache);
  const damaged = damage(readFileSync(path));
  writeFileSync(path, damaged);
  expect(docket('list')).toEqual({ status: 0, stdout, stderr: '' });
  expect(readFileSync(path).equals(damaged)).toBe(false);
  expect(docket('list')).toEqual({ status: 0, stdout, stderr: '' });
});

test('where nothing can be written, docket works without', () => {
  writeFileSync(cache, 'a file in its place');
  chmodSync(cache, 0o400);
  expect(docket('list')).toEqual({
    status: 0,
    stdout: expect.stringContaining('Nothing'),
    stderr: '',
  });
});
