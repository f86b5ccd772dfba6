import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startScript } from '../../lib/settings/own-entries.ts';
import { markServerUse } from '../../lib/state/server-mark.ts';
import { hookNames } from './hook-names.ts';

const source = fileURLToPath(new URL('../../hooks/launcher', import.meta.url));
const startup = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup' });
const allow =
  '{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"allow"}}}';

// Every shell that /bin/sh is on some machine, as far as this one has it; dash or bash always is.
const shells = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['ksh'], ['mksh']].filter(
  ([program = '']) => spawnSync(program, ['-c', ':']).status !== null,
);

let base: string;
let project: string;
let current: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), `docket bob's "é" $HOME `));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  project = join(base, 'project');
  current = join(base, 'home/.local/share/docket/current');
  mkdirSync(join(project, '.claude/docket'), { recursive: true });
  cpSync(source, join(project, '.claude/docket/hook'));
  // As a checkout with core.fileMode=false leaves it.
  chmodSync(join(project, '.claude/docket/hook'), 0o644);
});

/** Starts the launcher as the entries of settings.template.json do. */
function launch(
  args: readonly string[],
  options: { shell?: readonly string[]; input?: string; env?: Record<string, string> } = {},
) {
  const { shell = ['sh'], input = '{}', env = {} } = options;
  const file = join(project, '.claude/docket/hook');
  const [program = '', ...rest] = [...shell, '-c', startScript, file, ...args];
  const { status, stdout } = spawnSync(program, rest, {
    input,
    encoding: 'utf8',
    env: { HOME: join(base, 'home'), PATH: process.env.PATH ?? '', ...env },
  });
  return { status, stdout: stdout.trim() };
}

/** Launches the start of a session, with pieces of stdin that is never closed. */
async function launchOpen(
  shell: readonly string[],
  pieces: readonly string[],
  onPiece: () => void = () => {},
) {
  const [program = '', ...args] = [...shell, join(project, '.claude/docket/hook'), 'session-start'];
  const child = spawn(program, args, {
    env: { HOME: join(base, 'home'), PATH: process.env.PATH ?? '' },
  });
  onTestFinished(() => {
    child.stdin.destroy();
  });
  // What still comes after the answer finds no reader.
  child.stdin.on('error', () => {});
  let said = '';
  child.stdout.on('data', (bytes) => {
    said += bytes;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  for (const piece of pieces) {
    if (child.exitCode !== null) break;
    onPiece();
    child.stdin.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await ended;
  return said;
}

/** An installation whose hooks say what they were started with. */
function installEcho(node: string = process.execPath): void {
  mkdirSync(join(current, 'hooks'), { recursive: true });
  for (const event of hookNames) {
    writeFileSync(
      join(current, 'hooks', `${event}.cjs`),
      "const fs = require('fs'); console.log(__filename.split('/').pop() + ' ' + fs.readFileSync(0))",
    );
  }
  symlinkSync(node, join(current, 'node'));
}

function spoil(change: (text: string) => string): void {
  writeFileSync(join(project, '.claude/docket/hook'), change(readFileSync(source, 'utf8')));
}

/** A program in place of Node.js. */
function fakeNode(text: string): string {
  const path = join(base, 'fake-node');
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** A folder with the commands that the launcher may use, and without a node. */
function pathWithoutNode(): string {
  const folder = join(base, 'bin');
  mkdirSync(folder);
  for (const name of ['sh', 'date', 'dd', 'find', 'sleep']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(folder, name));
  }
  return folder;
}

describe.each(shells.map((shell) => ({ name: shell.join(' '), shell })))(
  'in $name',
  ({ shell }) => {
    test('it starts the hook of the event with what it was given on stdin', () => {
      installEcho();
      for (const event of hookNames) {
        expect(launch([event], { shell, input: '{"a":1}' })).toEqual({
          status: 0,
          stdout: `${event}.cjs {"a":1}`,
        });
      }
    });

    test('without docket it lets the built-in tools work and says nothing else', () => {
      for (const event of hookNames) {
        const stdout = event === 'permission-request' ? allow : '';
        expect(launch([event], { shell })).toEqual({ status: 0, stdout });
      }
    });

    test('without docket it tells the person how to get it when a session starts', () => {
      const { status, stdout } = launch(['session-start'], { shell, input: startup });
      expect(status).toBe(0);
      expect(Object.keys(JSON.parse(stdout))).toEqual(['systemMessage']);
      expect(JSON.parse(stdout).systemMessage).toContain('./scripts/setup');
    });

    test('without docket it does not wait for the end of stdin', async () => {
      const pieces = [startup.slice(0, 30), startup.slice(30, 60), startup.slice(60)];
      for (const given of [[startup], pieces]) {
        expect(await launchOpen(shell, given)).toContain('./scripts/setup');
      }
      const others = [[], ['{"hook_event_name":"SessionStart"'], ['{"source":"resume"}']];
      const said = await Promise.all(others.map((given) => launchOpen(shell, given)));
      expect(said).toEqual(['', '', '']);
    });

    test('without docket it does not wait for a writer that is slow for ever', async () => {
      const pieces = Array.from({ length: 400 }, () => ' ');
      let given = 0;
      await launchOpen(shell, pieces, () => (given += 1));
      expect(given).toBeLessThan(pieces.length);
    });

    test('stdin that is closed, empty or a file is no error', () => {
      const file = join(base, 'input.json');
      writeFileSync(file, startup);
      const launcher = join(project, '.claude/docket/hook');
      const from = (redirection: string) => {
        const script = `"$@" session-start ${redirection}`;
        const args = ['-c', script, 'sh', ...shell, launcher];
        const env = { HOME: join(base, 'home'), PATH: process.env.PATH ?? '', FILE: file };
        const { status, stdout } = spawnSync('sh', args, { env, encoding: 'utf8' });
        return { status, stdout };
      };
      for (const nothing of ['<&-', '</dev/null']) {
        expect(from(nothing)).toEqual({ status: 0, stdout: '' });
      }
      expect(from('<"$FILE"').stdout).toContain('./scripts/setup');
    });

    test('a hook that an alarm ends has answered', () => {
      installEcho(fakeNode('#!/bin/sh\necho said\nkill -ALRM $$\n'));
      for (const event of hookNames) {
        expect(launch([event], { shell })).toEqual({ status: 0, stdout: 'said' });
      }
    });

    test.for([
      ['ends with 2', '#!/bin/sh\nexit 2\n'],
      ['ends with 1', '#!/bin/sh\nexit 1\n'],
      ['is killed', '#!/bin/sh\nkill -9 $$\n'],
      ['is for another kind of machine', '\u007fELF\u0002\u0001\u0001 (((\nexit 2\n'],
      ['has an interpreter that is missing', '#!/no/such/interpreter\n'],
    ])('a Node.js that %s does not block a prompt', ([, text = '']) => {
      installEcho(fakeNode(text));
      for (const event of hookNames) {
        const stdout = event === 'permission-request' ? allow : '';
        expect(launch([event], { shell })).toEqual({ status: 0, stdout });
      }
    });

    test('one with carriage returns works like any other', () => {
      spoil((text) => text.replaceAll('\n', '\r\n'));
      expect(launch(['permission-request'], { shell }).stdout).toBe(allow);
      expect(launch(['session-start'], { shell, input: startup }).stdout).toContain('Message');
      expect(launch(['user-prompt-submit'], { shell })).toEqual({ status: 0, stdout: '' });
      installEcho();
      expect(launch(['pre-tool-use'], { shell }).stdout).toBe('pre-tool-use.cjs {}');
    });

    test.for([
      ['empty', () => ''],
      ['cut off', (text: string) => text.slice(0, text.indexOf('esac'))],
      ['cut off in a word', (text: string) => text.slice(0, text.indexOf('source":"st'))],
      ['with a conflict', (text: string) => `<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n`],
      ['no script', () => '\u007fELF\u0002\u0001\u0001 (((\nexit 2\n'],
      ['one that ends with 2', () => 'exit 2\n'],
    ] as const)('one that is %s blocks no prompt', ([, change]) => {
      spoil(change);
      for (const event of hookNames) {
        expect(launch([event], { shell })).toEqual({ status: 0, stdout: '' });
      }
    });

    test('one that is missing, or a folder, blocks no prompt', () => {
      const file = join(project, '.claude/docket/hook');
      rmSync(file);
      expect(launch(['user-prompt-submit'], { shell })).toEqual({ status: 0, stdout: '' });
      mkdirSync(file);
      expect(launch(['user-prompt-submit'], { shell })).toEqual({ status: 0, stdout: '' });
    });

    test('a Node.js that does not know the flag of the launcher is started without it', () => {
      installEcho(fakeNode('#!/bin/sh\ncase $1 in -*) exit 9 ;; esac\necho "ran $# $(cat)"\n'));
      expect(launch(['pre-tool-use'], { shell })).toEqual({ status: 0, stdout: 'ran 1 {}' });
    });

    test('a heartbeat is skipped while the stamp of its session is under a minute old', () => {
      installEcho();
      const stamp = join(base, 'home/.local/state/docket/stamps/abc-123_X');
      const env = { CLAUDE_CODE_SESSION_ID: 'abc-123_X' };
      const beat = (more: Record<string, string> = {}) =>
        launch(['heartbeat'], { shell, env: { ...env, ...more } }).stdout;
      expect(beat()).toBe('heartbeat.cjs {}');
      mkdirSync(join(stamp, '..'), { recursive: true });
      writeFileSync(stamp, '');
      expect(beat()).toBe('');
      expect(beat({ CLAUDE_CODE_SESSION_ID: 'another' })).toBe('heartbeat.cjs {}');
      expect(beat({ CLAUDE_CODE_SESSION_ID: '../stamps/abc-123_X' })).toBe('heartbeat.cjs {}');
      expect(launch(['user-prompt-submit'], { shell, env }).stdout).toBe(
        'user-prompt-submit.cjs {}',
      );
      const longAgo = Date.now() / 1_000 - 75;
      utimesSync(stamp, longAgo, longAgo);
      expect(beat()).toBe('heartbeat.cjs {}');
      // The clock was set back since.
      const ahead = Date.now() / 1_000 + 2 * 24 * 3_600;
      utimesSync(stamp, ahead, ahead);
      expect(beat()).toBe('heartbeat.cjs {}');
    });

    test('an edit is noted without Node.js, as far as its path and whether the file is new', () => {
      installEcho();
      const state = join(base, 'home/.local/state/docket');
      const env = { CLAUDE_CODE_SESSION_ID: 'abc-123_X' };
      const edit = (input: string, more: Record<string, string> = {}) =>
        launch(['file-edit'], { shell, input, env: { ...env, ...more } });
      const noted = () => readFileSync(join(state, 'edits/abc-123_X'), 'utf8').trim().split('\n');
      const fields = { session_id: 'abc-123_X', cwd: '/w', tool_name: 'Write' };
      const event = (path: string, content: string, originalFile: string | null) =>
        `${JSON.stringify({
          ...fields,
          tool_input: { file_path: path, content },
          tool_response: { type: 'x', filePath: path, content, originalFile, userModified: false },
          tool_use_id: 'toolu_1',
          duration_ms: 8,
        })}\n`;

      // Of a session that has not begun here nothing is noted.
      expect(edit(event('/w/a', 'x', null))).toEqual({ status: 0, stdout: '' });
      expect(existsSync(join(state, 'edits'))).toBe(false);
      mkdirSync(join(state, 'editors'), { recursive: true });
      writeFileSync(join(state, 'editors/abc-123_X'), '');
      const odd = `/w/"q","z" $(touch ${base}/pwned) \`x\` %s \\n 'é'`;
      const long = 'secret "text",\n'.repeat(50_000);
      for (const [path, content, original] of [
        ['/w/new', 'secret', null],
        ['/w/old', 'secret', 'secret'],
        ['/w/long', long, null],
        [odd, long, long],
      ] as const) {
        expect(edit(event(path, content, original))).toEqual({ status: 0, stdout: '' });
      }
      expect(noted().map((line) => JSON.parse(line))).toEqual([
        { ...fields, tool_input: { file_path: '/w/new', originalFile: null } },
        { ...fields, tool_input: { file_path: '/w/old' } },
        { ...fields, tool_input: { file_path: '/w/long', originalFile: null } },
        { ...fields, tool_input: { file_path: odd } },
      ]);
      expect(existsSync(join(base, 'pwned'))).toBe(false);
      expect(statSync(join(state, 'edits')).mode & 0o777).toBe(0o700);
      expect(statSync(join(state, 'edits/abc-123_X')).mode & 0o777).toBe(0o600);

      for (const input of [
        '',
        '{}',
        'x',
        '{"tool_input":{',
        event('/w/x', 'x', null).slice(0, 90),
      ]) {
        expect(edit(input)).toEqual({ status: 0, stdout: '' });
      }
      expect(edit(event('/w/x', '', null), { CLAUDE_CODE_SESSION_ID: '../editors/x' }).status).toBe(
        0,
      );
      // What nobody takes has an end.
      writeFileSync(join(state, 'edits/abc-123_X'), 'x'.repeat(2 * 1024 * 1024));
      expect(edit(event('/w/x', '', null))).toEqual({ status: 0, stdout: '' });
      expect(statSync(join(state, 'edits/abc-123_X')).size).toBe(2 * 1024 * 1024);
    });

    test('a docket command starts Node.js only in a session that has started agents', () => {
      installEcho();
      const marks = join(base, 'home/.local/state/docket/agents');
      const name = (session: string) =>
        launch(['bash-command'], { shell, env: { CLAUDE_CODE_SESSION_ID: session } }).stdout;
      expect(name('abc-123_X')).toBe('');
      mkdirSync(marks, { recursive: true });
      writeFileSync(join(marks, 'abc-123_X'), '');
      expect(name('abc-123_X')).toMatch(/^bash-command.cjs /);
      expect(name('another')).toBe('');
      expect(name('../agents/x')).toMatch(/^bash-command.cjs /);
    });
  },
);

test('only the start of a new session tells how to install', () => {
  for (const input of [
    '{"source":"resume"}',
    '{"source":"clear"}',
    '{"source":"compact"}',
    '',
    'startup',
  ]) {
    expect(launch(['session-start'], { input })).toEqual({ status: 0, stdout: '' });
  }
  expect(launch(['session-start'], { input: '{"source": "startup"}\n' }).stdout).toContain(
    'docket',
  );
});

test('without a Node.js it gives way and says so', () => {
  installEcho('/no/such/node');
  const env = { PATH: pathWithoutNode() };
  expect(launch(['permission-request'], { env }).stdout).toBe(allow);
  expect(launch(['user-prompt-submit'], { env })).toEqual({ status: 0, stdout: '' });
  const { stdout } = launch(['session-start'], { env, input: startup });
  expect(JSON.parse(stdout).systemMessage).toContain('finds no Node.js');
});

test('what a person hands to every Node.js keeps no hook from starting', () => {
  installEcho();
  const env = { NODE_OPTIONS: '--require ./no-such-tracer.cjs' };
  expect(launch(['pre-tool-use'], { env }).stdout).toBe('pre-tool-use.cjs {}');
});

test('when the Node.js of the installation is gone, the one on PATH is used', () => {
  installEcho('/no/such/node');
  const path = pathWithoutNode();
  symlinkSync(process.execPath, join(path, 'node'));
  expect(launch(['pre-tool-use'], { env: { PATH: path } }).stdout).toBe('pre-tool-use.cjs {}');
});

describe('the flag that starts Node.js sooner', () => {
  /** What Node.js was started with, besides the hook. */
  function flagOf(event: string): string {
    const hook = join(current, `hooks/${event}.cjs`);
    writeFileSync(hook, 'console.log(process.execArgv.join())');
    return launch([event]).stdout;
  }

  test('is given to the hooks that load few of its modules, and it knows it', () => {
    installEcho();
    const flagged = hookNames.filter((event) => flagOf(event) === '--no-rehash-snapshot');
    expect(flagged).toEqual([
      'bash-command',
      'permission-request',
      'pre-tool-use',
      'user-prompt-submit',
    ]);
    expect(flagOf('session-start')).toBe('');
  });

  test('is not given to the prompts of who uses a server', () => {
    installEcho();
    const state = join(base, 'home/.local/state/docket');
    markServerUse(state, true);
    expect(flagOf('user-prompt-submit')).toBe('');
    expect(flagOf('pre-tool-use')).toBe('--no-rehash-snapshot');
    markServerUse(state, false);
    expect(flagOf('user-prompt-submit')).toBe('--no-rehash-snapshot');
  });
});

test('an event that this installation does not know is no error', () => {
  installEcho();
  for (const args of [[], [''], ['of-a-newer-docket'], ['a b', 'c']]) {
    expect(launch(args)).toEqual({ status: 0, stdout: '' });
  }
});

test('XDG folders are used, and relative ones ignored', () => {
  installEcho();
  cpSync(join(base, 'home/.local/share'), join(base, 'data'), { recursive: true });
  rmSync(join(base, 'home'), { recursive: true });
  const env = { XDG_DATA_HOME: join(base, 'data') };
  expect(launch(['session-end'], { env }).stdout).toBe('session-end.cjs {}');
  expect(launch(['session-end'], { env: { XDG_DATA_HOME: 'data' } }).stdout).toBe('');
});

test('without a HOME it is silent', () => {
  expect(launch(['user-prompt-submit'], { env: { HOME: '' } })).toEqual({ status: 0, stdout: '' });
});
