import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDatabase } from '../../../lib/config/database.ts';
import { checkSandbox } from '../../../lib/install/checks/sandbox.ts';
import type { ClaudeSettings } from '../../../lib/install/parts/claude-settings.ts';

const home = '/home/alice';
const env = { HOME: home };
const folder = '/home/alice/code/web';
const data = '/home/alice/.local/share/docket';

type Value = Readonly<Record<string, unknown>>;

/** What is said of settings, each value a file; docket's state lies where it may be written to. */
function check(values: readonly Value[], path = join(data, 'docket.db')) {
  const state = { sandbox: { filesystem: { allowWrite: [`${home}/.local/state`] } } };
  const settings = [state, ...values].map(
    (value): ClaudeSettings => ({
      path: '',
      level: 'local',
      value,
      ignored: undefined,
    }),
  );
  return checkSandbox(settings, { database: { kind: 'sqlite', path }, env, folder });
}

function sandbox(rules: Value): Value {
  return { sandbox: { enabled: true, ...rules } };
}

function allowWrite(...paths: readonly unknown[]): Value {
  return sandbox({ filesystem: { allowWrite: paths } });
}

// Each rule was tried with the real CLI, 2.1.332: whether a command could write to `data`.

describe('docket can write where', () => {
  test.each<[Value]>([
    [allowWrite(data)],
    [allowWrite(`${data}/`)],
    [allowWrite(`${home}/.local/**`)],
    [allowWrite(`/${home}/.local/share`)],
    [allowWrite('~/.local/share/docket')],
    [allowWrite('~/.local/**')],
    [allowWrite('~')],
    [allowWrite('/')],
    [allowWrite('../../.local/share')],
    [{ ...sandbox({}), permissions: { allow: ['Edit(~/.local/share/docket/**)'] } }],
    [{ ...sandbox({}), permissions: { allow: ['Edit(~/.local/share/docket)'] } }],
    [{ ...sandbox({}), permissions: { allow: [`Edit(/${home}/.local/share/**)`] } }],
    [{ ...sandbox({}), permissions: { additionalDirectories: [data] } }],
    [{ ...sandbox({}), permissions: { additionalDirectories: ['~/.local/share'] } }],
  ])('%j', (value) => {
    expect(check([value])).toMatchObject({ status: 'ok', message: /docket write/ });
  });

  test.each(['docket *', 'docket:*', 'docket*', 'doc* *', '*'])(
    'the command is excluded: %j',
    (pattern) => {
      const value = sandbox({ excludedCommands: ['make', pattern] });
      expect(check([value])).toMatchObject({ status: 'ok', message: /excluded/ });
    },
  );

  test('the database lies in the folder of the session', () => {
    expect(check([sandbox({})], join(folder, 'tasks.db')).status).toBe('ok');
  });

  test('a later file turns the sandbox off', () => {
    expect(check([sandbox({}), { sandbox: { enabled: false } }])).toMatchObject({
      status: 'ok',
      message: /off/,
    });
  });
});

describe('docket cannot write with', () => {
  test.each<[Value]>([
    [sandbox({})],
    [allowWrite(`${data}/*`)],
    [allowWrite(`${home}/.local/*/docket`)],
    [allowWrite(`${home}/.local/shar?/docket`)],
    [allowWrite('$HOME/.local/share/docket')],
    [allowWrite(null, 7)],
    [{ ...sandbox({}), permissions: { allow: [`Edit(${home}/.local/share/**)`] } }],
    [{ ...sandbox({}), permissions: { allow: ['Edit', 'Edit(*)', 'Edit(**)'] } }],
    [{ ...sandbox({}), permissions: { allow: ['Write(~/.local/share/docket/**)'] } }],
    [sandbox({ excludedCommands: ['docket', 'docket list *', 'Bash(docket *)'] })],
    [sandbox({ excludedCommands: 'docket *' })],
  ])('%j', (value) => {
    const { status, next } = check([value]);
    expect([status, next]).toEqual([
      'warn',
      `Add to .claude/settings.local.json: {"sandbox":{"filesystem":{"allowWrite":["${data}"]}}}`,
    ]);
  });

  test.each<[Value]>([
    [sandbox({ filesystem: { allowWrite: ['~'], denyWrite: [data] } })],
    [{ ...allowWrite('~'), permissions: { deny: ['Edit(~/.local/share/docket/**)'] } }],
  ])('a rule that denies it, which is named: %j', (value) => {
    expect(check([value])).toMatchObject({
      status: 'warn',
      next: `Deny no writing to ${data} (sandbox.filesystem.denyWrite, permissions.deny)`,
    });
  });
});

test('a server is reached by an excluded command alone', () => {
  const database = parseDatabase('mysql://db.example.com/tasks', '/');
  const with_ = (value: Value) =>
    checkSandbox([{ path: '', level: 'local', value, ignored: undefined }], {
      database,
      env,
      folder,
    }).status;
  expect(with_(allowWrite('/'))).toBe('warn');
  expect(with_(sandbox({ excludedCommands: ['docket:*'] }))).toBe('ok');
});
