import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { markServerUse } from '../../../lib/state/server-mark.ts';
import { hookNames } from '../hook-names.ts';
import { allow, startup, useLauncher } from './stage.ts';

const stage = useLauncher();
test('only the start of a new session tells how to install', () => {
  for (const input of [
    '{"source":"resume"}',
    '{"source":"clear"}',
    '{"source":"compact"}',
    '',
    'startup',
  ]) {
    expect(stage.launch(['session-start'], { input })).toEqual({ status: 0, stdout: '' });
  }
  expect(stage.launch(['session-start'], { input: '{"source": "startup"}\n' }).stdout).toContain(
    'docket',
  );
});

test('without a Node.js it gives way and says so', () => {
  stage.installEcho('/no/such/node');
  const env = { PATH: stage.pathWithoutNode() };
  expect(stage.launch(['permission-request'], { env }).stdout).toBe(allow);
  expect(stage.launch(['user-prompt-submit'], { env })).toEqual({ status: 0, stdout: '' });
  const { stdout } = stage.launch(['session-start'], { env, input: startup });
  expect(JSON.parse(stdout).systemMessage).toContain('finds no Node.js');
});

test('what a person hands to every Node.js keeps no hook from starting', () => {
  stage.installEcho();
  const env = { NODE_OPTIONS: '--require ./no-such-tracer.cjs' };
  expect(stage.launch(['pre-tool-use'], { env }).stdout).toBe('pre-tool-use.cjs {}');
});

test('when the Node.js of the installation is gone, the one on PATH is used', () => {
  stage.installEcho('/no/such/node');
  const path = stage.pathWithoutNode();
  symlinkSync(process.execPath, join(path, 'node'));
  expect(stage.launch(['pre-tool-use'], { env: { PATH: path } }).stdout).toBe(
    'pre-tool-use.cjs {}',
  );
});

describe('the flag that starts Node.js sooner', () => {
  /** What Node.js was started with, besides the hook. */
  function flagOf(event: string): string {
    const hook = join(stage.current, `hooks/${event}.cjs`);
    writeFileSync(hook, 'console.log(process.execArgv.join())');
    return stage.launch([event]).stdout;
  }

  test('is given to the hooks that load few of its modules, and it knows it', () => {
    stage.installEcho();
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
    stage.installEcho();
    const state = join(stage.base, 'home/.local/state/docket');
    markServerUse(state, true);
    expect(flagOf('user-prompt-submit')).toBe('');
    expect(flagOf('pre-tool-use')).toBe('--no-rehash-snapshot');
    markServerUse(state, false);
    expect(flagOf('user-prompt-submit')).toBe('--no-rehash-snapshot');
  });
});

test('an event that this installation does not know is no error', () => {
  stage.installEcho();
  for (const args of [[], [''], ['of-a-newer-docket'], ['a b', 'c']]) {
    expect(stage.launch(args)).toEqual({ status: 0, stdout: '' });
  }
});

test('XDG folders are used, and relative ones ignored', () => {
  stage.installEcho();
  cpSync(join(stage.base, 'home/.local/share'), join(stage.base, 'data'), { recursive: true });
  rmSync(join(stage.base, 'home'), { recursive: true });
  const env = { XDG_DATA_HOME: join(stage.base, 'data') };
  expect(stage.launch(['session-end'], { env }).stdout).toBe('session-end.cjs {}');
  expect(stage.launch(['session-end'], { env: { XDG_DATA_HOME: 'data' } }).stdout).toBe('');
});

test('without a HOME it is silent', () => {
  expect(stage.launch(['user-prompt-submit'], { env: { HOME: '' } })).toEqual({
    status: 0,
    stdout: '',
  });
});
