import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { hookNames } from './hook-names.ts';
import { outcome, readSaid, startHook } from './hook-process.ts';
import { createHookUser } from './hook-user.ts';
import { showList } from './outage.ts';

describe('without a state folder that can be written to', () => {
  test.for([
    ['it is a file', (state: string) => writeFileSync(state, '')],
    [
      'it is read-only',
      (state: string) => {
        mkdirSync(state, { mode: 0o500 });
      },
    ],
    ['it is a link to nowhere', (state: string) => symlinkSync('/proc/1/nowhere', state)],
  ] as const)(
    '(%s) prompts carry the list whole, and outages are told at the start',
    async ([, spoil]) => {
      const person = createHookUser({ obeysModes: true });
      await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
      mkdirSync(join(person.home, '.local/state'), { recursive: true });
      spoil(join(person.home, '.local/state/docket'));
      for (let prompt = 0; prompt < 2; prompt += 1) {
        const said = await person.prompt();
        expect(said.context).toContain('P2 Wire the valve');
        expect(said.systemMessage).toBeUndefined();
      }
      expect((await person.say('session-start', { source: 'startup' })).context).toContain('valve');
      expect(await person.say('heartbeat')).toEqual({});
      expect(await person.say('session-end')).toEqual({});
      const denied = await person.say('pre-tool-use', { tool_name: 'TaskList' });
      expect(denied.deny).toContain('docket list');

      rmSync(person.database, { force: true });
      mkdirSync(person.database);
      const start = await person.say('session-start', { source: 'startup' });
      expect(start.systemMessage).toContain('cannot be used');
      // What cannot be remembered would be said on every prompt.
      expect(await person.prompt()).toEqual({});
    },
  );
});

test('a project folder that may not be entered is as if there were none', async () => {
  const person = createHookUser({ obeysModes: true });
  chmodSync(join(person.project, '.claude'), 0o000);
  try {
    expect(await person.prompt()).toEqual({});
    expect(await person.say('permission-request', { tool_name: 'TaskCreate' })).toEqual({
      allows: true,
    });
  } finally {
    chmodSync(join(person.project, '.claude'), 0o700);
  }
});

test.for(['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'])(
  '%s may be a file, relative or empty: every hook ends well',
  async (variable) => {
    const person = createHookUser();
    const file = join(person.home, 'file');
    writeFileSync(file, 'x');
    for (const value of [file, 'relative/folder', '', `${file}/\u{1F984}`, '/dev/null']) {
      const before = readdirSync(person.project);
      for (const hook of hookNames) {
        const env = { [variable]: value };
        readSaid(await person.run(hook, { source: 'startup', tool_name: 'TaskList' }, env));
      }
      // Never in the folder that the session happens to stand in.
      expect(readdirSync(person.project)).toEqual(before);
    }
  },
);

test('without HOME the account’s home counts, and every hook ends well', async () => {
  const person = createHookUser();
  const xdg = {
    XDG_CONFIG_HOME: join(person.home, 'config'),
    XDG_DATA_HOME: join(person.home, '.local/share'),
    XDG_STATE_HOME: join(person.home, '.local/state'),
  };
  await showList(person);
  for (const HOME of [undefined, '', 'relative']) {
    const env = { ...xdg, HOME, CLAUDE_CODE_SESSION_ID: 'session-h' };
    for (const hook of hookNames) readSaid(await person.run(hook, { source: 'startup' }, env));
    expect((await person.prompt(`new-${HOME}`, env)).context).toContain('P2 Wire the valve');
  }
});

test('a configuration that is broken is told once a session, and tools keep working', async () => {
  const person = createHookUser();
  writeFileSync(join(person.project, '.claude/docket.json'), '{"workspace": ');
  const first = await person.prompt();
  expect(first.context).toBeUndefined();
  expect(first.systemMessage).toContain('docket.json is not valid JSON');
  expect(await person.prompt()).toEqual({});
  expect(await person.say('session-start', { source: 'resume' })).toEqual({});
  const other = await person.say('session-start', { session_id: 'session-b', source: 'startup' });
  expect(other.systemMessage).toContain('docket.json is not valid JSON');
  expect(await person.say('pre-tool-use', { tool_name: 'TaskCreate' })).toEqual({});
  expect(await person.say('permission-request', { tool_name: 'TaskCreate' })).toEqual({
    allows: true,
  });
  for (const hook of ['heartbeat', 'session-end'] as const)
    expect(await person.say(hook)).toEqual({});
  expect(person.log()).toBe('');
});

test.for([
  ['{"workspace": {"id": "x", "slug": "web"}}', 'workspace.id is not a workspace id'],
  ['[]', 'is not an object'],
  [
    '{"workspace": {"id": "01890000-0000-7000-8000-000000000001", "slug": "We b"}}',
    'is not a slug',
  ],
  [
    '{"workspace":{"id":"01890000-0000-7000-8000-000000000001","slug":"web"},"database":"mysql://u:geheim@h/n"}',
    'a password does not belong',
  ],
  [
    '{"workspace":{"id":"01890000-0000-7000-8000-000000000001","slug":"web"},"database":"mysql://h/%zz"}',
    'stands for nothing',
  ],
] as const)('docket.json %s is told as what it is', async ([text, told]) => {
  const person = createHookUser();
  writeFileSync(join(person.project, '.claude/docket.json'), text);
  const { systemMessage } = await person.prompt();
  expect(systemMessage).toContain(told);
  expect(systemMessage).not.toContain('geheim');
});

test('a failure inside is kept in a log for the person alone, which does not grow for ever', async () => {
  const person = createHookUser();
  const state = join(person.home, '.local/state/docket');
  await showList(person);
  const log = join(state, 'hook.log');
  writeFileSync(log, 'x'.repeat(300_000), { mode: 0o600 });
  const hook = await startHook('user-prompt-submit', { env: person.env, cwd: person.project });
  hook.stdout.destroy();
  hook.stdin.end(JSON.stringify({ session_id: 'session-e' }));
  const run = await outcome(hook);
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  expect(person.log()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z UserPromptSubmit Error: EPIPE/);
  expect(statSync(log).mode & 0o777).toBe(0o600);
});
