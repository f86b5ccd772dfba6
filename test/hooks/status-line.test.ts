import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { keepStatusLine } from '../../lib/state/status-line.ts';

const source = fileURLToPath(new URL('../../hooks/status-line', import.meta.url));
const session = 'de24e8d7-0a49-43b9-b73b-2bb3dfcf8dd8';

// Every shell that /bin/sh is on some machine, as far as this one has it; dash or bash always is.
const shells = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['ksh'], ['mksh']].filter(
  ([program = '']) => spawnSync(program, ['-c', ':']).status !== null,
);

let base: string;
let state: string;
let changes: string;
let refreshes: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), `docket bob's "é" $HOME `));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  state = join(base, 'home/.local/state/docket');
  changes = join(base, 'last list');
  refreshes = join(base, 'refreshes');
  writeFileSync(changes, '');
  const current = join(base, 'home/.local/share/docket/current');
  mkdirSync(current, { recursive: true });
  writeFileSync(join(current, 'docket.cjs'), '');
  writeNode('echo noise');
});

/** Puts a script in the place of Node.js, which notes that it was started. */
function writeNode(then: string): void {
  const node = join(base, 'home/.local/share/docket/current/node');
  const note = `shift\necho "$CLAUDE_CODE_SESSION_ID $*" >>'${quoted(refreshes)}'`;
  writeFileSync(node, `#!/bin/sh\n${note}\n${then}\n`);
  chmodSync(node, 0o755);
}

function quoted(path: string): string {
  return path.replaceAll("'", "'\\''");
}

const nowInSeconds = () => Math.floor(Date.now() / 1_000);

/** Keeps a line that was read so many seconds ago, and is to be read again in an hour. */
function keep(line: string, { age = 0, dueIn = 3_600 } = {}): void {
  const readAt = nowInSeconds() - age;
  keepStatusLine(state, session, { readAt, dueAt: nowInSeconds() + dueIn, changes, line });
  // A command has changed the list before, not after.
  utimesSync(changes, readAt - 10, readAt - 10);
}

function show({
  args = [] as readonly string[],
  shell = ['sh'] as readonly string[],
  env = {} as Record<string, string>,
  input = '{}',
} = {}) {
  const [program = '', ...rest] = [...shell, source, ...args];
  const { status, stdout, stderr } = spawnSync(program, rest, {
    input,
    encoding: 'utf8',
    env: {
      HOME: join(base, 'home'),
      PATH: process.env.PATH ?? '',
      CLAUDE_CODE_SESSION_ID: session,
      ...env,
    },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

async function refreshed(): Promise<string> {
  await expect.poll(() => existsSync(refreshes), { timeout: 30_000 }).toBe(true);
  const busy = join(state, 'statusline', `${session}_busy`);
  await expect.poll(() => existsSync(busy), { timeout: 30_000 }).toBe(false);
  return readFileSync(refreshes, 'utf8');
}

describe.each(shells)('%s', (...shell) => {
  test('prints the line that was kept, as it is, and starts nothing', () => {
    const line = `\u001b[32mweb-k3f9 Say "é" $HOME %s \\n\u001b[0m · 2 others`;
    keep(line);
    expect(show({ shell })).toBe(`${line}\n`);
    expect(existsSync(refreshes)).toBe(false);
  });

  test('has the list read again when that is due, once, and does not wait for it', async () => {
    keep('docket web: 3 ready', { age: 20, dueIn: 0 });
    expect(show({ shell })).toBe('docket web: 3 ready\n');
    expect(await refreshed()).toBe(`${session} statusline --keep\n`);
  });

  test('has it read at once after a command on this machine has changed the list', async () => {
    keep('docket web: 3 ready', { age: 5 });
    utimesSync(changes, nowInSeconds() + 5, nowInSeconds() + 5);
    expect(show({ shell })).toBe('docket web: 3 ready\n');
    expect(await refreshed()).toBe(`${session} statusline --keep\n`);
  });

  test('has it read again after the clock was set back', async () => {
    keep('docket web: 3 ready', { age: -90_000, dueIn: 100_000 });
    expect(show({ shell })).toBe('docket web: 3 ready\n');
    expect(await refreshed()).toBe(`${session} statusline --keep\n`);
  });

  test('marks a line that has grown old, and does not show one of hours ago', () => {
    keep('docket web: 3 ready', { age: 200 });
    expect(show({ shell })).toBe('docket web: 3 ready (3 min ago)\n');
    keep('docket web: 3 ready', { age: 4_000 });
    expect(show({ shell })).toBe('');
  });

  test('shows the person’s own line first, and gives it what Claude Code says', () => {
    keep('docket web: 3 ready');
    const args = [`cat; printf '\\n%s' "it's mine"`];
    expect(show({ shell, args, input: '{"a":1}' })).toBe(
      `{"a":1}\nit's mine\ndocket web: 3 ready\n`,
    );
    expect(show({ shell, args: ['exit 3'] })).toBe('docket web: 3 ready\n');
  });

  test('makes nothing of a broken file, and has it written anew', async () => {
    mkdirSync(join(state, 'statusline'), { recursive: true });
    for (const text of [
      '',
      'x[$(touch /)] 1\n\nline\n',
      '12\n',
      '-1 5\n\nline\n',
      '08 09\n\nline\n',
    ]) {
      writeFileSync(join(state, 'statusline', session), text);
      expect(show({ shell })).toBe('');
      expect(await refreshed()).toContain('statusline --keep');
    }
  });
});

test('waits for the first line of a session, as nothing may ask again for long', async () => {
  const kept = join(state, 'statusline', session);
  const text = `${nowInSeconds()} ${nowInSeconds() + 15}\n${changes}\ndocket web: 3 ready\n`;
  writeNode(`printf '%s' '${quoted(text)}' >'${quoted(kept)}'`);
  expect(show()).toBe('docket web: 3 ready\n');
  expect(await refreshed()).toBe(`${session} statusline --keep\n`);
  writeNode('exit 1');
  rmSync(kept);
  expect(show()).toBe('');
});

test('a reading that hangs is not waited for, and holds no output open', () => {
  writeNode('exec sleep 30');
  keep('docket web: 3 ready', { dueIn: 0 });
  const began = Date.now();
  expect(show()).toBe('docket web: 3 ready\n');
  expect(Date.now() - began).toBeLessThan(20_000);
});

test('only one reading runs at a time, and one that was killed does not end them', async () => {
  mkdirSync(join(state, 'statusline'), { recursive: true });
  const busy = join(state, 'statusline', `${session}_busy`);
  writeFileSync(busy, `${nowInSeconds()}\n`);
  expect(show()).toBe('');
  expect([existsSync(refreshes), existsSync(busy)]).toEqual([false, true]);
  for (const seconds of [120, -90_000]) {
    writeFileSync(busy, `${nowInSeconds() - seconds}\n`);
    expect(show()).toBe('');
    expect(existsSync(busy)).toBe(false);
  }
  show();
  expect(await refreshed()).toBe(`${session} statusline --keep\n`);
});

test.each([
  ['no session', { CLAUDE_CODE_SESSION_ID: '' }],
  ['a session’s name that is a path', { CLAUDE_CODE_SESSION_ID: '../x' }],
  ['no installation', { XDG_DATA_HOME: '/nowhere' }],
  ['a state folder that cannot be made', { XDG_STATE_HOME: '/dev/null' }],
])('with %s it prints nothing', (_, env) => {
  expect(show({ env })).toBe('');
  expect(existsSync(refreshes)).toBe(false);
});
