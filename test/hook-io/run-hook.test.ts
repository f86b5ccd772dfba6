import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

/** Runs a hook whose answer is the given expression, as a process of its own. */
async function run(answer: string, { stdin = '{}', onFailure = '{ allow: true }' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'docket-run-hook-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'hook.cjs');
  const logFile = join(folder, 'hook.log');
  await build({
    stdin: {
      contents: `import { runHook } from './lib/hook-io/run-hook.ts';
        void runHook('PermissionRequest', ${answer}, {
          logFile: ${JSON.stringify(logFile)}, onFailure: ${onFailure} });`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], {
    input: stdin,
    encoding: 'utf8',
  });
  const log = statSync(logFile, { throwIfNoEntry: false }) ? readFileSync(logFile, 'utf8') : '';
  return { status, stderr, log, output: stdout === '' ? undefined : JSON.parse(stdout) };
}

const allowed = {
  hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
};

test('a hook prints what it is answered', async () => {
  const ended = await run("async (input) => ({ deny: 'no ' + input.session_id })", {
    stdin: '{"session_id": "x"}',
  });
  expect(ended).toMatchObject({ status: 0, stderr: '', log: '' });
  expect(ended.output.hookSpecificOutput.decision).toEqual({ behavior: 'deny', message: 'no x' });
});

test('an answer of nothing prints nothing', async () => {
  const ended = await run('async () => undefined');
  expect(ended).toEqual({ status: 0, stderr: '', log: '', output: undefined });
});

test.for([
  ['throws', "() => { throw new TypeError('inside') }"],
  ['rejects', "async () => { throw new TypeError('inside') }"],
  [
    'throws where nobody can catch it',
    "() => new Promise(() => setTimeout(() => { throw new TypeError('inside') }))",
  ],
  [
    'rejects where nobody listens',
    "() => new Promise(() => void Promise.reject(new TypeError('inside')))",
  ],
] as const)('a hook that %s gives way, ends with 0 and leaves a trace', async ([, answer]) => {
  const ended = await run(answer);
  expect(ended).toMatchObject({ status: 0, stderr: '', output: allowed });
  expect(ended.log).toMatch(/^\S+Z PermissionRequest TypeError: inside\n/);
});

test('no input is no failure to remember, and is given way to', async () => {
  for (const stdin of ['', '{', '[]', 'null']) {
    const ended = await run("() => { throw new Error('asked') }", { stdin });
    expect(ended).toEqual({ status: 0, stderr: '', log: '', output: allowed });
  }
});

test('a failure without anything to give way with prints nothing', async () => {
  const ended = await run('async () => { throw 1 }', { onFailure: 'undefined' });
  expect(ended).toMatchObject({ status: 0, stderr: '', output: undefined });
  expect(ended.log).toContain('PermissionRequest 1');
});
