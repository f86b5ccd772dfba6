import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ProcessRequest, runProcess } from '../../../lib/orchestrator/agents/start-process.ts';
import { supervisor } from '../../../lib/orchestrator/agents/supervisor.gen.ts';
import { isRunning, readPids } from './running.ts';

let folder: string;
let pidFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-process-'));
  pidFile = join(folder, 'pids');
});

afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

const never = new AbortController().signal;

/** Runs a shell script that finds the file for process ids in $PIDS. */
function run(script: string, options: Partial<ProcessRequest> = {}) {
  return runProcess({
    command: ['sh', '-c', script],
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PIDS: pidFile },
    stdin: 'some words',
    signal: never,
    ...options,
  });
}

test('a process gets its stdin, folder and environment, and nothing else of ours', async () => {
  process.env.DOCKET_STRAY = 'stray';
  const end = await run(`cat; pwd -P; echo "<$GIVEN$DOCKET_STRAY>"; echo no >&2; exit 3`, {
    env: { PATH: process.env.PATH ?? '', GIVEN: 'given' },
    cwd: '/',
  });
  delete process.env.DOCKET_STRAY;
  expect(end).toEqual({ code: 3, stdout: 'some words/\n<given>\n', stderr: 'no\n' });
});

test('what cannot start is an end with a reason, not an error', async () => {
  const missing = await run('', { command: ['docket-no-such-command'] });
  expect(missing).toMatchObject({ code: 127, stderr: expect.stringContaining('not found') });
  const nowhere = await run('true', { cwd: join(folder, 'gone') });
  expect(nowhere).toMatchObject({ code: undefined, stderr: expect.stringContaining('gone') });
  const unspeakable = await run('', { command: ['echo', 'a\0b'] });
  expect(unspeakable).toMatchObject({ code: undefined, stderr: expect.stringContaining('null') });
  const cancelled = await run(`echo $$ >"$PIDS"`, { signal: AbortSignal.abort() });
  expect(cancelled).toMatchObject({ code: undefined, stdout: '' });
});

test('a process may end before it has read its stdin', async () => {
  expect(await run('exit 7', { stdin: 'x'.repeat(4_000_000) })).toMatchObject({ code: 7 });
});

test('a flood is read to its end, and only its end is kept', async () => {
  const before = process.memoryUsage.rss();
  const end = await run(`yes 0123456789abcdef | head -c 200000000; echo; echo last`);
  expect(end.code).toBe(0);
  expect(end.stdout.length).toBe(8 * 1024 ** 2);
  expect(end.stdout.endsWith('\nlast\n')).toBe(true);
  expect(process.memoryUsage.rss() - before).toBeLessThan(120_000_000);
});

test('a process that closes its output is still waited for', async () => {
  const end = await run(`exec >&- 2>&-; sleep 0.3; exit 4`);
  expect(end).toEqual({ code: 4, stdout: '', stderr: '' });
});

test('a process that closed its output is ended', async () => {
  const controller = new AbortController();
  const end = run(`exec >&- 2>&-; echo $$ >"$PIDS"; exec sleep 600`, { signal: controller.signal });
  const [pid = 0] = await readPids(pidFile, 1);
  controller.abort();
  expect(await end).toMatchObject({ code: 143 });
  expect(isRunning(pid)).toBe(false);
});

test('what a process left behind does not hold up its end, even with our pipes', async () => {
  const script = `const { spawn } = require('node:child_process');
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'inherit' });
    require('node:fs').writeFileSync(process.env.PIDS, child.pid + '\\n');
    child.unref();`;
  const end = await run('', { command: [process.execPath, '-e', script] });
  expect(end).toMatchObject({ code: 0 });
  const [pid = 0] = await readPids(pidFile, 1);
  // Detached by a process that ended in peace: a server that a deployment started.
  expect(isRunning(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
});

const stubborn = `trap '' TERM
  echo $$ >>"$PIDS"
  sh -c 'echo $$ >>"$PIDS"; while :; do sleep 600; done' &
  while :; do sleep 600; done`;

test('a process that ignores TERM is killed after the grace, with its children', async () => {
  const controller = new AbortController();
  const end = run(stubborn, { signal: controller.signal, graceMs: 300 });
  const pids = await readPids(pidFile, 2);
  expect(pids.every(isRunning)).toBe(true);
  controller.abort();
  expect(await end).toMatchObject({ code: 137 });
  expect(pids.filter(isRunning)).toEqual([]);
});

test('a process that hears TERM says its last words and is not killed', async () => {
  const controller = new AbortController();
  const end = run(`trap 'echo last; exit 5' TERM; echo $$ >"$PIDS"; while :; do sleep 0.05; done`, {
    signal: controller.signal,
  });
  await readPids(pidFile, 1);
  controller.abort();
  expect(await end).toMatchObject({ code: 5, stdout: 'last\n' });
});

/** Starts what leaves the process group and loses its parent, as a server that is started does. */
const detaching = `const { spawn } = require('node:child_process');
  const args = ['-c', 'trap "" TERM; echo $$ >>"$PIDS"; while :; do sleep 600; done'];
  const nested = 'spawn("sh", ' + JSON.stringify(args) + ', { detached: true, stdio: "ignore" })';
  const code = 'require("node:child_process").' + nested + '.unref()';
  spawn(process.execPath, ['-e', code], { detached: true, stdio: 'ignore' });
  setTimeout(() => {}, 600_000);`;

test.runIf(process.platform === 'linux')(
  'what has left the group and lost its parent is found and killed',
  async () => {
    const controller = new AbortController();
    const command = [process.execPath, '-e', detaching];
    const end = run('', { command, signal: controller.signal, graceMs: 300 });
    const pids = await readPids(pidFile, 1);
    controller.abort();
    await end;
    expect(pids.filter(isRunning)).toEqual([]);
  },
);

test('kill -9 of the process that started it ends it all', async () => {
  const parent = spawnParent(stubborn);
  const pids = await readPids(pidFile, 2);
  parent.kill('SIGKILL');
  await expect.poll(() => pids.filter(isRunning), { timeout: 20_000 }).toEqual([]);
});

test('kill -9 of the supervisor ends what it supervised', async () => {
  const end = run(`echo $PPID >"$PIDS"; echo $$ >>"$PIDS"; exec sleep 600`);
  const [above = 0, pid = 0] = await readPids(pidFile, 2);
  process.kill(above, 'SIGKILL');
  expect(await end).toMatchObject({ code: undefined });
  expect(isRunning(pid)).toBe(false);
});

test.runIf(process.platform === 'linux')('kill -9 at any moment leaves nothing', async () => {
  for (const delay of [0, 20, 40, 60, 80, 100, 150, 200, 300]) {
    const parent = spawnParent(stubborn);
    await once(parent.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, delay));
    parent.kill('SIGKILL');
    await once(parent, 'close');
  }
  await expect.poll(() => runningWith(pidFile), { timeout: 20_000 }).toEqual([]);
});

test('an agent that runs agents takes them along', async () => {
  const controller = new AbortController();
  const file = fileURLToPath(new URL('run-script-process.ts', import.meta.url));
  const tsx = import.meta.resolve('tsx');
  const outer = `trap '' TERM; "$NODE" --import '${tsx}' '${file}' "$INNER"`;
  const end = run(outer, {
    env: {
      PATH: process.env.PATH ?? '',
      PIDS: pidFile,
      NODE: process.execPath,
      INNER: stubborn,
    },
    signal: controller.signal,
    graceMs: 300,
  });
  const pids = await readPids(pidFile, 2);
  controller.abort();
  await end;
  await expect.poll(() => pids.filter(isRunning), { timeout: 5_000 }).toEqual([]);
});

// What is used where there is no /proc.
test.runIf(process.platform === 'linux')('without /proc parents lead to children', async () => {
  const script = supervisor.replace('/proc/self/environ', '/nowhere');
  expect(script).not.toBe(supervisor);
  const detached = `setsid sh -c 'trap "" TERM; echo $$ >>"$PIDS"; while :; do sleep 600; done' &`;
  const inner = `trap '' TERM; echo $$ >>"$PIDS"; ${detached} while :; do sleep 600; done`;
  const child = spawn('/bin/sh', ['-c', script, 'sh', 'mark', '0.3', 'sh', '-c', inner], {
    detached: true,
    env: { PATH: process.env.PATH, PIDS: pidFile },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pids = await readPids(pidFile, 2);
  child.stdio[3]?.destroy();
  await once(child, 'exit');
  await expect.poll(() => pids.filter(isRunning), { timeout: 5_000 }).toEqual([]);
});

/** A process that runs the script as we do, and says so. */
function spawnParent(script: string) {
  const file = fileURLToPath(new URL('run-script-process.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', file, script], {
    env: { PATH: process.env.PATH, PIDS: pidFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The processes that have a word in their environment. */
function runningWith(word: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isRunning(Number(name)))
    .filter((pid) => environmentOf(pid).includes(word))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
