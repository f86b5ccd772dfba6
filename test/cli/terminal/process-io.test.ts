import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createProcessIo } from '../../../cli/terminal/process-io.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

let docket = '';

// One CommonJS file, as it is installed, so that it starts fast and from any folder.
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bin-'));
  docket = join(folder, 'docket.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../../cli/bin.ts', import.meta.url))],
    outfile: docket,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['mysql2', 'mysql2/*'],
    logLevel: 'error',
  });
  return () => rmSync(folder, { recursive: true });
});

/** Runs a script in which `docket` is the command, and every part of a pipe counts. */
function shell(harness: CliHarness, script: string) {
  const command = `docket() { '${process.execPath}' '${docket}' "$@"; }`;
  return execa('bash', ['-c', `set -o pipefail\n${command}\n${script}`], {
    cwd: harness.project,
    env: { ...harness.env, PATH: process.env.PATH },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
}

const waiting = 'docket: waiting for standard input; its end or Ctrl-D ends the text';

test('a heredoc becomes the text of a note', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const { exitCode, stdout } = await shell(
    harness,
    `docket note ${key} <<'EOF'\nIt costs $5, "quoted" \`ticks\`\n- [ ] next\nEOF`,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `Noted on ${key}` });
  const { notes } = await harness.show(key);
  expect(notes[0]?.text).toBe('It costs $5, "quoted" `ticks`\n- [ ] next');
});

test('a large text comes through a pipe whole', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const { exitCode } = await shell(
    harness,
    `head -c 65536 /dev/zero | tr '\\0' x | docket note ${key}`,
  );
  expect(exitCode).toBe(0);
  expect((await harness.show(key)).notes[0]?.text).toHaveLength(65_536);
});

test('more than 16 MiB on standard input are refused', async () => {
  const harness = openCliHarness();
  const { exitCode, stderr } = await shell(
    harness,
    `(head -c 17000000 /dev/zero | tr '\\0' x; :) | (docket plan; code=$?; cat >/dev/null; exit $code)`,
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain('more than 16 MiB');
});

test('a closed standard input is empty', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const { exitCode, stderr } = await shell(harness, `docket note ${key} <&-`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('the note is empty');
});

test('a folder as standard input is a mistake and no defect', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  for (const command of [`docket note ${key}`, 'docket plan']) {
    const folder = await shell(harness, `${command} < /tmp`);
    expect(folder.exitCode).toBe(2);
    expect(folder.stderr).toContain('docket: standard input is a folder\n  Give it a file');
  }
});

test('who keeps docket waiting for standard input is told, and their text is kept', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const late = await shell(harness, `(sleep 6; echo late) | docket note ${key}`);
  expect(late).toMatchObject({ exitCode: 0, stderr: waiting, stdout: `Noted on ${key}` });
  const open = await shell(harness, `(echo begun; sleep 6; echo ended) | docket note ${key}`);
  expect(open).toMatchObject({ exitCode: 0, stderr: waiting });
  const texts = (await harness.show(key)).notes.map(({ text }) => text);
  expect(texts).toEqual(['late', 'begun\nended']);
});

test('who types at a terminal is told at once that their text is awaited', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const typing = `(sleep 2; printf 'typed\\n'; sleep 1; printf '\\004')`;
  const command = `'${process.execPath}' '${docket}' note ${key} -`;
  const { stdout } = await shell(harness, `${typing} | script -qec "${command}" /dev/null`);
  expect(stdout).toContain(waiting);
  expect((await harness.show(key)).notes.map(({ text }) => text)).toEqual(['typed']);
  const nothing = await shell(harness, `docket note ${key} </dev/null`);
  expect(nothing.stderr).toContain('the note is empty');
});

test('text that is not UTF-8 is refused where it comes from', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const input = await shell(harness, `printf 'ok\\ncaf\\351\\n' | docket note ${key}`);
  expect(input.exitCode).toBe(2);
  expect(input.stderr).toContain('standard input is not UTF-8: byte 7, in line 2, is 0xe9');
  const argument = await shell(harness, `docket create --json $'caf\\351'`);
  expect(argument.exitCode).toBe(2);
  expect(JSON.parse(argument.stdout).error).toMatchObject({
    code: 'invalid_input',
    message: 'argument 3 is not UTF-8: byte 4, in line 1, is 0xe9',
  });
  expect((await shell(harness, `docket create 'a real \ufffd'`)).exitCode).toBe(0);
});

test('a reader that closes the pipe ends a list cleanly', async () => {
  const harness = openCliHarness();
  // More than a pipe holds (64 KiB), so that the writer meets the closed end.
  const plan = Array.from({ length: 190 }, (_, index) => `- [ ] ${index} ${'x'.repeat(480)}`);
  await harness.text('plan', ['# Big', ...plan].join('\n'));
  const { exitCode, stdout, stderr } = await shell(harness, 'docket list --limit 500 | head -1');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n')).toHaveLength(1);
});

test('a slow reader gets everything', async () => {
  const harness = openCliHarness();
  const plan = Array.from({ length: 190 }, (_, index) => `- [ ] ${index} ${'x'.repeat(480)}`);
  await harness.text('plan', ['# Big', ...plan].join('\n'));
  const { stdout } = await shell(harness, 'docket list --limit 500 --json | (sleep 0.3; cat)');
  expect(JSON.parse(stdout).data.tasks).toHaveLength(191);
});

test('a closed standard output does not change what is done', async () => {
  const harness = openCliHarness();
  const { exitCode } = await shell(harness, 'docket create Task >&-');
  expect(exitCode).toBe(0);
  expect(await harness.text('list')).toContain('Task');
});

test('errors go to standard error with their exit code', async () => {
  const harness = openCliHarness();
  const { exitCode, stdout, stderr } = await shell(harness, 'docket show web-nope');
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toBe('docket: no task has the key "web-nope"\n  try: docket list --all');
  expect((await shell(harness, 'docket nope')).exitCode).toBe(2);
  const away = await shell(harness, 'docket list --database sqlite:/dev/null/x.db');
  expect(away.exitCode).toBe(69);
});

test('on a terminal lines fit its width and have colour, unless NO_COLOR is set', async () => {
  const harness = openCliHarness();
  const key = await harness.create(`Long ${'x'.repeat(200)}`);
  const inTerminal = (variables: string) =>
    shell(
      harness,
      `script -qec "stty cols 60; ${variables} '${process.execPath}' '${docket}' list" /dev/null`,
    );
  const { stdout } = await inTerminal('');
  expect(stdout).toContain(`\u001b[1m${key}\u001b[0m`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no width
  const plain = stdout.replace(/\u001b\[\d+m/g, '').trimEnd();
  expect(plain).toMatch(new RegExp(`^${key}  P2  \\[ \\] Long x+…$`));
  expect(plain.length).toBe(60);
  expect((await inTerminal('NO_COLOR=1')).stdout).not.toContain('\u001b');
});

test('on a terminal docket alone fits its height', async () => {
  const harness = openCliHarness();
  for (let number = 1; number <= 30; number += 1) await harness.create(`Task ${number}`);
  const { stdout } = await shell(
    harness,
    `script -qec "stty cols 80 rows 12; '${process.execPath}' '${docket}'" /dev/null`,
  );
  const lines = stdout.split('\n');
  expect(lines.length).toBeLessThan(12);
  expect(stdout).toMatch(/\+\d+ more: docket ready/);
});

test('agents get what the command keeps from its own Node.js', async () => {
  vi.stubEnv('DOCKET_NODE_OPTIONS', '--require ./tracer.cjs');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { env } = await createProcessIo();
  expect(env.NODE_OPTIONS).toBe('--require ./tracer.cjs');
  expect(env).not.toHaveProperty('DOCKET_NODE_OPTIONS');
});
