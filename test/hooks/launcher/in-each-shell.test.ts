import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hookNames } from '../hook-names.ts';
import { allow, startup, useLauncher } from './stage.ts';

// Every shell that /bin/sh is on some machine, as far as this one has it; dash or bash always is.
const shells = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['ksh'], ['mksh']].filter(
  ([program = '']) => spawnSync(program, ['-c', ':']).status !== null,
);

const stage = useLauncher();
describe.each(shells.map((shell) => ({ name: shell.join(' '), shell })))(
  'in $name',
  ({ shell }) => {
    test('it starts the hook of the event with what it was given on stdin', () => {
      stage.installEcho();
      for (const event of hookNames) {
        expect(stage.launch([event], { shell, input: '{"a":1}' })).toEqual({
          status: 0,
          stdout: `${event}.cjs {"a":1}`,
        });
      }
    });

    test('without docket it lets the built-in tools work and says nothing else', () => {
      for (const event of hookNames) {
        const stdout = event === 'permission-request' ? allow : '';
        expect(stage.launch([event], { shell })).toEqual({ status: 0, stdout });
      }
    });

    test('without docket it tells the person how to get it when a session starts', () => {
      const { status, stdout } = stage.launch(['session-start'], { shell, input: startup });
      expect(status).toBe(0);
      expect(Object.keys(JSON.parse(stdout))).toEqual(['systemMessage']);
      expect(JSON.parse(stdout).systemMessage).toContain('./scripts/setup');
    });

    test('without docket it does not wait for the end of stdin', async () => {
      const pieces = [startup.slice(0, 30), startup.slice(30, 60), startup.slice(60)];
      for (const given of [[startup], pieces]) {
        expect(await stage.launchOpen(shell, given)).toContain('./scripts/setup');
      }
      const others = [[], ['{"hook_event_name":"SessionStart"'], ['{"source":"resume"}']];
      const said = await Promise.all(others.map((given) => stage.launchOpen(shell, given)));
      expect(said).toEqual(['', '', '']);
    });

    test('without docket it does not wait for a writer that is slow for ever', async () => {
      const pieces = Array.from({ length: 400 }, () => ' ');
      let given = 0;
      await stage.launchOpen(shell, pieces, () => (given += 1));
      expect(given).toBeLessThan(pieces.length);
    });

    test('stdin that is closed, empty or a file is no error', () => {
      const file = join(stage.base, 'input.json');
      writeFileSync(file, startup);
      const launcher = stage.file;
      const from = (redirection: string) => {
        const script = `"$@" session-start ${redirection}`;
        const args = ['-c', script, 'sh', ...shell, launcher];
        const env = { HOME: join(stage.base, 'home'), PATH: process.env.PATH ?? '', FILE: file };
        const { status, stdout } = spawnSync('sh', args, { env, encoding: 'utf8' });
        return { status, stdout };
      };
      for (const nothing of ['<&-', '</dev/null']) {
        expect(from(nothing)).toEqual({ status: 0, stdout: '' });
      }
      expect(from('<"$FILE"').stdout).toContain('./scripts/setup');
    });

    test('a hook that an alarm ends has answered', () => {
      stage.installEcho(stage.fakeNode('#!/bin/sh\necho said\nkill -ALRM $$\n'));
      for (const event of hookNames) {
        expect(stage.launch([event], { shell })).toEqual({ status: 0, stdout: 'said' });
      }
    });

    test.for([
      ['ends with 2', '#!/bin/sh\nexit 2\n'],
      ['ends with 1', '#!/bin/sh\nexit 1\n'],
      ['is killed', '#!/bin/sh\nkill -9 $$\n'],
      ['is for another kind of machine', '\u007fELF\u0002\u0001\u0001 (((\nexit 2\n'],
      ['has an interpreter that is missing', '#!/no/such/interpreter\n'],
    ])('a Node.js that %s does not block a prompt', ([, text = '']) => {
      stage.installEcho(stage.fakeNode(text));
      for (const event of hookNames) {
        const stdout = event === 'permission-request' ? allow : '';
        expect(stage.launch([event], { shell })).toEqual({ status: 0, stdout });
      }
    });

    test('one with carriage returns works like any other', () => {
      stage.spoil((text) => text.replaceAll('\n', '\r\n'));
      expect(stage.launch(['permission-request'], { shell }).stdout).toBe(allow);
      expect(stage.launch(['session-start'], { shell, input: startup }).stdout).toContain(
        'Message',
      );
      expect(stage.launch(['user-prompt-submit'], { shell })).toEqual({ status: 0, stdout: '' });
      stage.installEcho();
      expect(stage.launch(['pre-tool-use'], { shell }).stdout).toBe('pre-tool-use.cjs {}');
    });

    test.for([
      ['empty', () => ''],
      ['cut off', (text: string) => text.slice(0, text.indexOf('esac'))],
      ['cut off in a word', (text: string) => text.slice(0, text.indexOf('source":"st'))],
      ['with a conflict', (text: string) => `<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n`],
      ['no script', () => '\u007fELF\u0002\u0001\u0001 (((\nexit 2\n'],
      ['one that ends with 2', () => 'exit 2\n'],
    ] as const)('one that is %s blocks no prompt', ([, change]) => {
      stage.spoil(change);
      for (const event of hookNames) {
        expect(stage.launch([event], { shell })).toEqual({ status: 0, stdout: '' });
      }
    });

    test('one that is missing, or a folder, blocks no prompt', () => {
      const file = stage.file;
      rmSync(file);
      expect(stage.launch(['user-prompt-submit'], { shell })).toEqual({ status: 0, stdout: '' });
      mkdirSync(file);
      expect(stage.launch(['user-prompt-submit'], { shell })).toEqual({ status: 0, stdout: '' });
    });

    test('a Node.js that does not know the flag of the launcher is started without it', () => {
      stage.installEcho(
        stage.fakeNode('#!/bin/sh\ncase $1 in -*) exit 9 ;; esac\necho "ran $# $(cat)"\n'),
      );
      expect(stage.launch(['pre-tool-use'], { shell })).toEqual({ status: 0, stdout: 'ran 1 {}' });
    });

    test('a heartbeat is skipped while the stamp of its session is under a minute old', () => {
      stage.installEcho();
      const stamp = join(stage.base, 'home/.local/state/docket/stamps/abc-123_X');
      const env = { CLAUDE_CODE_SESSION_ID: 'abc-123_X' };
      const beat = (more: Record<string, string> = {}) =>
        stage.launch(['heartbeat'], { shell, env: { ...env, ...more } }).stdout;
      expect(beat()).toBe('heartbeat.cjs {}');
      mkdirSync(join(stamp, '..'), { recursive: true });
      writeFileSync(stamp, '');
      expect(beat()).toBe('');
      expect(beat({ CLAUDE_CODE_SESSION_ID: 'another' })).toBe('heartbeat.cjs {}');
      expect(beat({ CLAUDE_CODE_SESSION_ID: '../stamps/abc-123_X' })).toBe('heartbeat.cjs {}');
      expect(stage.launch(['user-prompt-submit'], { shell, env }).stdout).toBe(
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
      stage.installEcho();
      const state = join(stage.base, 'home/.local/state/docket');
      const env = { CLAUDE_CODE_SESSION_ID: 'abc-123_X' };
      const edit = (input: string, more: Record<string, string> = {}) =>
        stage.launch(['file-edit'], { shell, input, env: { ...env, ...more } });
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
      const odd = `/w/"q","z" $(touch ${stage.base}/pwned) \`x\` %s \\n 'é'`;
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
      expect(existsSync(join(stage.base, 'pwned'))).toBe(false);
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
      stage.installEcho();
      const marks = join(stage.base, 'home/.local/state/docket/agents');
      const name = (session: string) =>
        stage.launch(['bash-command'], { shell, env: { CLAUDE_CODE_SESSION_ID: session } }).stdout;
      expect(name('abc-123_X')).toBe('');
      mkdirSync(marks, { recursive: true });
      writeFileSync(join(marks, 'abc-123_X'), '');
      expect(name('abc-123_X')).toMatch(/^bash-command.cjs /);
      expect(name('another')).toBe('');
      expect(name('../agents/x')).toMatch(/^bash-command.cjs /);
    });
  },
);
