import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { installationOf } from '../../../../lib/install/installation.ts';
import { installVersion } from '../../../../lib/install/verbs/install-version.ts';
import type { FileConnection } from '../../../../lib/model/connection.ts';
import { knownVersion } from '../../../../lib/store/migrations/known-version.ts';
import { openStore } from '../../../../lib/tracker/database/open.ts';
import { freePort } from '../../../engines/free-port.ts';
import { builtHooks } from '../../../hooks/built-hooks.ts';
import { openCliHarness } from '../../cli-harness.ts';
import { startAtTerminal } from '../../command/pseudo-terminal.ts';
import {
  allPassed,
  dumpDatabase,
  fillDatabase,
  leftFolders,
  makeVerifier,
  outcomes,
  untilAtWork,
  type Verifier,
} from './verifier.ts';

async function makeFile(): Promise<FileConnection> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-verified-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const file = { kind: 'sqlite', path: join(folder, 'tasks.db') } as const;
  const store = await openStore(file);
  await store.close();
  return file;
}

test('two at once prove all eleven of a file, and leave every table as it was', async () => {
  const file = await makeFile();
  await fillDatabase(file);
  const before = await dumpDatabase(file);
  const verifier = await makeVerifier(file);
  const [answer, printed] = await Promise.all([verifier.verify(), verifier.run()]);
  expect(outcomes(answer)).toEqual(allPassed);
  expect(answer).toMatchObject({ exitCode: 0, user: null, passed: 11, total: 11, stopped: false });
  const lines = printed.stdout.trimEnd().split('\n');
  expect(lines[0]).toBe(`sqlite:${file.path}`);
  expect(lines.slice(1, -1).map((line) => line.slice(0, 8))).toEqual(
    allPassed.map((_, index) => `ok    ${String(index + 1).padStart(2)}`),
  );
  expect(lines.at(-1)).toMatch(/^11\/11 in \d+\.\d s$/);
  expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await dumpDatabase(file)).toEqual(before);
  expect(leftFolders(verifier)).toEqual([]);
});

test('what Ctrl-C stops takes its list away at once', async () => {
  const file = await makeFile();
  const before = await dumpDatabase(file);
  const verifier = await makeVerifier(file);
  const { child, ended } = verifier.start();
  await untilAtWork(file);
  child.kill('SIGINT');
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/^skip {2}11 .*it was stopped$/m);
  expect(stdout).toMatch(/\d\/11 in \d+\.\d s, stopped\n$/);
  expect(await dumpDatabase(file)).toEqual(before);
  expect(leftFolders(verifier)).toEqual([]);
});

test('what a kill has left the next one removes', async () => {
  const file = await makeFile();
  const before = await dumpDatabase(file);
  const verifier = await makeVerifier(file);
  const killed = verifier.start();
  await untilAtWork(file);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { workspaces: [left] = [] } = await dumpDatabase(file);
  expect(left?.slug).toMatch(/^verify-/);
  const found = await verifier.verify();
  expect(outcomes(found)).toEqual(allPassed);
  expect(found.leftOver).toEqual([left?.slug]);
  expect(await dumpDatabase(file)).toEqual(before);
});

/** Without a database built-in tools are denied all the same. */
async function expectOnlyTools(verifier: Verifier) {
  const found = await verifier.verify();
  const statuses = found.phases.map(({ status }) => status);
  expect(statuses).toEqual(['failed', ...Array(8).fill('skipped'), 'passed', 'skipped']);
  expect(found).toMatchObject({ exitCode: 1, passed: 1 });
  expect(found.phases[1]?.message).toBe('needs 1, reachable and migrated');
  return found.phases[0];
}

test('an old schema stays as it is, and the command that migrates it is told', async () => {
  const file = await makeFile();
  const database = new DatabaseSync(file.path);
  database.exec(`DELETE FROM docket_migrations WHERE version = ${knownVersion}`);
  database.close();
  const before = await dumpDatabase(file);
  expect(await expectOnlyTools(await makeVerifier(file))).toMatchObject({
    message: `it has schema ${knownVersion - 1}, and this docket needs ${knownVersion}`,
    next: `docket migrate --database 'sqlite:${file.path}'`,
  });
  expect(await dumpDatabase(file)).toEqual(before);
});

test('a file that is not there is not made', async () => {
  const file = { kind: 'sqlite', path: '/nonexistent/tasks.db' } as const;
  expect(await expectOnlyTools(await makeVerifier(file))).toMatchObject({
    message: 'there is no database at sqlite:/nonexistent/tasks.db',
    next: 'docket init',
  });
});

test('a server that is away is named as its person knows it', async () => {
  const port = await freePort();
  const login = { user: 'alice', password: 'secret', tls: 'off' } as const;
  const verifier = await makeVerifier({
    ...login,
    ...{ kind: 'mysql', host: '127.0.0.1', port, database: 'tasks' },
  });
  const first = await expectOnlyTools(verifier);
  expect(first?.message).toContain(`127.0.0.1:${port} does not answer: nothing listens there`);
  expect(first?.next).toBe('docket doctor');
  const url = `mysql://127.0.0.1:${port}/tasks`;
  const { stdout } = await verifier.run(['--database', url]);
  expect(stdout).toContain(`-> docket doctor --database '${url}'`);
});

test('who has no docket installed is told so before anything is done', async () => {
  const harness = openCliHarness();
  expect(await harness.error('verify')).toMatchObject({
    ...{ code: 'not_initialised', exitCode: 1, hint: "./scripts/setup in docket's clone" },
    message: 'docket is not installed, so that no session has it',
  });
  expect(existsSync(harness.database)).toBe(false);
});

test('a terminal shows the phase that runs, and is left with the whole', async () => {
  const harness = openCliHarness();
  const { env } = harness;
  const dist = await builtHooks();
  installVersion({ env, dist, version: '0', leaveOut: [], node: process.execPath });
  const docket = join(installationOf(env).current, 'docket.cjs');
  const terminal = startAtTerminal(docket, harness, 'verify --database sqlite:/nonexistent/t.db');
  await terminal.shows(/^\.\.\. {3}10 {2}built-in task tools denied$/m);
  const lines = await terminal.end();
  expect(lines.filter((line) => /^(ok|fail|skip|\.\.\.) /.test(line))).toHaveLength(11);
  expect(lines.join('\n')).toMatch(/^ok +10 .* ms\n.*\n1\/11 in \d+\.\d s\nexit 1$/m);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test('a temporary folder in a project is refused, whose list would be meant', async () => {
  const file = await makeFile();
  const verifier = await makeVerifier(file);
  mkdirSync(join(verifier.temporary, '.claude'));
  writeFileSync(
    join(verifier.temporary, '.claude/docket.json'),
    JSON.stringify({ workspace: { id: '01890000-0000-7000-8000-000000000001', slug: 'other' } }),
  );
  const inProject = await verifier.run();
  expect(inProject.exitCode).toBe(1);
  expect(inProject.stderr).toContain(
    `the temporary folder ${verifier.temporary} lies in a project`,
  );
  expect(leftFolders(verifier)).toEqual(['.claude']);
  expect((await dumpDatabase(file)).workspaces).toEqual([]);
});

test('--second is for a server, and its password for --second', async () => {
  const verifier = await makeVerifier(await makeFile());
  for (const args of [
    ['--second', 'mysql://bob@db.example.com:3306/docket'],
    ['--second-password', '-'],
    ['--second', 'mysql://bob@db.example.com:3306/docket', '--second-password', 'secret'],
  ]) {
    expect(await verifier.run(args)).toMatchObject({ exitCode: 2, stdout: '' });
  }
});

test('a second user of whom no password is known is told how one is given', async () => {
  const told: string[] = [];
  const harness = openCliHarness().with({ progress: (line) => told.push(line) });
  const [first, second] = ['alice', 'bob'].map((name) => `mysql://${name}@127.0.0.1:1/docket`);
  await harness.error('verify', '--database', first ?? '', '--second', second ?? '');
  expect(told).toEqual([
    'no password of bob is known here: --second-password - takes it from standard input',
  ]);
});
