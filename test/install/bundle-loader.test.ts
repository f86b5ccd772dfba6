import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runWhole } from '../../bench/measure/whole-process.ts';
import { bulkInsertSqlite } from '../../bench/seed/bulk-insert.ts';
import { prepareDatabase, seed } from '../../bench/seed/seed.ts';
import { promptCommand, requireFreshList, requireOldList } from '../../bench/world/hook-command.ts';
import { databaseOf, makePerson, workspace } from '../../bench/world/person.ts';
import { installationOf } from '../../lib/install/installation.ts';
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
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

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

const listCache = `cli-list.cli.${process.version}.${process.arch}`;

test('a run that did its work keeps its code, one file for each command', () => {
  docket('list');
  expect(kept()).toEqual([listCache]);
  docket('ready', '--json');
  expect(kept()).toEqual([listCache, listCache.replace('list', 'ready')]);
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

test('an outage adds its code to what the usual prompt has kept, once', async () => {
  const home = join(installed, 'home');
  const person = makePerson(home, join(base, 'dist'));
  const file = databaseOf(home);
  await prepareDatabase({ kind: 'sqlite', path: file }, workspace);
  const into = bulkInsertSqlite(file);
  await seed({ workspace, tasks: 10 }, into);
  await into.finish();
  const code = `${installationOf(person.env).current}/compile-cache/user-prompt-submit.user-prompt-submit.${process.version}.${process.arch}.flagged`;
  const keptBy = (session: string, check: (stdout: string) => void) => {
    check(runWhole(promptCommand(person, session)).stdout);
    const { ino } = statSync(code);
    return { ino, kinds: readFileSync(code)[0] };
  };
  const usual = keptBy('a', requireFreshList);
  expect(usual.kinds).toBe(1);
  renameSync(file, `${file}.away`);
  const both = keptBy('b', requireOldList);
  expect(both.kinds).toBe(3);
  expect(keptBy('c', requireOldList)).toEqual(both);
  renameSync(`${file}.away`, file);
  rmSync(join(person.state, 'breakers'), { recursive: true, force: true });
  expect(keptBy('d', requireFreshList)).toEqual(both);
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
