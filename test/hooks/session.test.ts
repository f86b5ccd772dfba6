import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../lib/store/contract.ts';
import { leaveList } from '../../lib/tracker/moving/leave-list.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { builtHooks } from './built-hooks.ts';
import { createHookUser, type HookUser } from './hook-user.ts';

function query(person: HookUser, sql: string): Promise<readonly Row[]> {
  return person.work((scope) => scope.store.db.query(sql));
}

const sessions =
  'SELECT id, actor, cwd, process_id, ended_at, end_reason FROM sessions ORDER BY id';

describe('when a session starts', () => {
  test('it gets the rules and the whole list, is registered, and its commands are bound', async () => {
    const person = createHookUser();
    const { task } = await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
    const said = await person.say('session-start', { source: 'startup', model: 'any' });
    expect(said.systemMessage).toBe('docket web: 1 ready');
    expect(said.context).toMatch(/^How this project tracks work: docket/);
    expect(said.context).toContain(`\n\n<docket workspace="web"`);
    expect(said.context).toContain(`- ${task.key} P2 Wire the valve`);
    expect(said.context?.length).toBeLessThan(10_000);
    expect(await query(person, sessions)).toEqual([
      {
        id: 'session-a',
        actor: 'alice@one',
        cwd: person.project,
        process_id: process.pid,
        ended_at: null,
        end_reason: null,
      },
    ]);
    expect(person.readState('sessions')).toMatchObject({ folder: person.project });
    // What it was shown is not shown again, and the first prompt need not be told so.
    expect(await person.prompt()).toEqual({});
    expect((await person.prompt()).context).toContain('no changes');
  });

  test('the first one of all makes the database and its workspace', async () => {
    const person = createHookUser();
    const said = await person.say('session-start', { source: 'startup' });
    expect(said.context).toContain('Nothing is open.');
    expect(statSync(person.database).isFile()).toBe(true);
    expect(await query(person, 'SELECT slug FROM workspaces')).toEqual([{ slug: 'web' }]);
  });

  test('a list that has moved to another database says so to both', async () => {
    const person = createHookUser();
    const url = 'mysql://db.example.com:3306/web';
    await person.work(({ store, workspaceId }) => leaveList(store, workspaceId, url));
    const said = await person.say('session-start', { source: 'startup' });
    expect(said.context).toContain(`this list has moved to ${url}, and nothing is changed here`);
    expect(said.systemMessage).toContain(`docket: this list has moved to ${url}`);
  });

  test('docket is on the PATH of its shell, once', async () => {
    const person = createHookUser();
    const bin = join(await builtHooks(), 'bin');
    mkdirSync(bin, { recursive: true });
    const file = join(person.home, 'env.sh');
    writeFileSync(file, 'export OTHER=1\n');
    for (const source of ['startup', 'compact', 'resume']) {
      await person.say('session-start', { source }, { CLAUDE_ENV_FILE: file });
    }
    const shell = spawnSync('/bin/sh', ['-c', `. '${file}'; echo "$OTHER:$PATH"`], {
      env: { PATH: '/usr/bin' },
      encoding: 'utf8',
    });
    expect(shell.stdout).toBe(`1:${bin}:/usr/bin\n`);
  });

  test('a folder or nothing in the place of that file does not matter', async () => {
    const person = createHookUser();
    for (const CLAUDE_ENV_FILE of [person.home, '', '/proc/nowhere/x']) {
      const said = await person.say('session-start', { source: 'startup' }, { CLAUDE_ENV_FILE });
      expect(said.context).toContain('Nothing is open.');
    }
  });

  test.for(['compact', 'resume', 'fork', 'startup'])(
    'after %s the list is whole again',
    async (source) => {
      const person = createHookUser();
      await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
      await person.prompt();
      expect((await person.prompt()).context).toContain('no changes');
      expect((await person.say('session-start', { source })).context).toContain('Wire the valve');
      await person.work((scope) => createTask(scope, { title: 'Paint it' }));
      expect((await person.prompt()).context).toContain('Paint it');
      expect((await person.prompt()).context).toContain('no changes');
    },
  );
});

describe('when a subagent is compacted', () => {
  const compacted = { source: 'compact', agent_id: 'a1b2c3', agent_type: 'general-purpose' };

  test('it gets the list, and its session is still owed what has changed', async () => {
    const person = createHookUser();
    await person.say('session-start', { source: 'startup' });
    await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
    expect((await person.say('session-start', compacted)).context).toContain('Wire the valve');
    expect((await person.prompt()).context).toContain('Wire the valve');
    expect((await person.prompt()).context).toContain('no changes');
  });

  test('the session’s own list counts as shown all the same', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
    await person.prompt();
    await person.say('session-start', compacted);
    expect((await person.prompt()).context).toContain('no changes');
    expect(await person.say('user-prompt-submit', { agent_id: 'a1b2c3' })).toEqual({});
    const agent = await person.say('user-prompt-submit', { agent_id: 'a1b2c3' });
    expect(agent.context).toContain('no changes');
    const other = await person.say('user-prompt-submit', { agent_id: 'd4' });
    expect(other.context).toContain('Wire the valve');
  });

  test('it is the session’s person who is told of an outage, and of its end', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
    await person.prompt();
    const aside = `${person.database}.aside`;
    renameSync(person.database, aside);
    mkdirSync(person.database);
    const agent = await person.say('session-start', compacted);
    expect(agent.context).toContain('This is the list of');
    expect(agent.systemMessage).toBeUndefined();
    expect((await person.prompt()).systemMessage).toContain('cannot be used');
    rmSync(person.database, { recursive: true });
    renameSync(aside, person.database);
    rmSync(join(person.home, '.local/state/docket/breakers'), { recursive: true });
    expect((await person.say('session-start', compacted)).systemMessage).toBeUndefined();
    const back = await person.prompt();
    expect(back.systemMessage).toBe('docket: the task database is back.');
    expect(back.context).toContain('Wire the valve');
  });
});

describe('claims', () => {
  async function claimed(person: HookUser, session: string): Promise<string> {
    await person.say('session-start', { session_id: session, source: 'startup' });
    const { task } = await person.work((scope) => createTask(scope, { title: 'Mine' }));
    await person.work((scope) => claimTask(scope, task.key), session);
    return task.key;
  }

  const moves =
    "SELECT verb, session_id, old_value, new_value FROM task_events WHERE verb = 'claim_moved'";

  test('go with the process to the session that /clear begins, with an event', async () => {
    const person = createHookUser();
    const key = await claimed(person, 'before');
    await person.say('session-end', { session_id: 'before', reason: 'clear' });
    const said = await person.say('session-start', { session_id: 'after', source: 'clear' });
    expect(said.context).toContain(`- ${key} P2 Mine (you, now)`);
    expect(await query(person, moves)).toEqual([
      {
        verb: 'claim_moved',
        session_id: 'after',
        old_value: '{"session":"before","was":{"claim_session_id":"before"}}',
        new_value: '{"session":"after"}',
      },
    ]);
    const ended = await query(person, "SELECT ended_at FROM sessions WHERE id = 'before'");
    expect(ended).toEqual([{ ended_at: null }]);
  });

  test.for([
    ['another process', 'clear', '1'],
    ['a process that nobody knows', 'clear', 'no number'],
    ['a session that is no /clear', 'startup', String(process.pid)],
    ['a fork in a process of its own', 'fork', '1'],
  ] as const)('stay where they are for %s', async ([, source, CLAUDE_PID]) => {
    const person = createHookUser();
    const key = await claimed(person, 'before');
    const said = await person.say('session-start', { session_id: 'after', source }, { CLAUDE_PID });
    expect(said.context).toContain(`- ${key} P2 Mine (bob@two#`);
    expect(await query(person, moves)).toEqual([]);
  });

  test('go with the process to the session that /branch begins', async () => {
    const person = createHookUser();
    const key = await claimed(person, 'before');
    await person.say('session-end', { session_id: 'before', reason: 'resume' });
    const said = await person.say('session-start', { session_id: 'after', source: 'fork' });
    expect(said.context).toContain(`- ${key} P2 Mine (you, now)`);
    expect(await query(person, moves)).toHaveLength(1);
  });

  test.for([
    ['clear', 'clear'],
    ['resume', 'fork'],
  ] as const)(
    'of a conversation that the process has left stay there after a %s in the next',
    async ([reason, source]) => {
      const person = createHookUser();
      const left = await claimed(person, 'left');
      await person.say('session-end', { session_id: 'left', reason: 'resume' });
      const key = await claimed(person, 'before');
      await person.say('session-end', { session_id: 'before', reason });
      const said = await person.say('session-start', { session_id: 'after', source });
      expect(said.context).toContain(`- ${key} P2 Mine (you, now)`);
      expect(said.context).toContain(`- ${left} P2 Mine (bob@two#`);
    },
  );

  test('stay with a session that is resumed, and live again', async () => {
    const person = createHookUser();
    const key = await claimed(person, 'session-a');
    await person.say('session-end', { session_id: 'session-a', reason: 'prompt_input_exit' });
    expect(await query(person, sessions)).toMatchObject([{ end_reason: 'prompt_input_exit' }]);
    const watcher = await person.prompt('watcher');
    expect(watcher.context).toContain(
      `${key} P2 Mine (bob@two#session-a: session ended just now): docket claim ${key} --steal`,
    );
    const before = await query(person, 'SELECT started_at FROM sessions');
    const resumed = await person.say('session-start', {
      session_id: 'session-a',
      source: 'resume',
    });
    expect(resumed.context).toContain(`- ${key} P2 Mine (you, now)`);
    expect(await query(person, 'SELECT started_at FROM sessions')).toEqual(before);
    expect((await person.prompt('watcher')).context).toContain(`${key} P2 Mine (bob@two#`);
  });

  test('of a process that is gone are stale, whatever it left behind', async () => {
    const person = createHookUser();
    const { pid } = spawnSync('/bin/sh', ['-c', ':']);
    await person.say('session-start', { session_id: 'gone' }, { CLAUDE_PID: String(process.pid) });
    const { task } = await person.work((scope) => createTask(scope, { title: 'Mine' }));
    await person.work((scope) => claimTask(scope, task.key), 'gone');
    expect((await person.prompt()).context).toMatch(/\(bob@two#[a-z-]+, now\)/);
    await person.work((scope) =>
      scope.store.db.run('UPDATE sessions SET process_id = ?', [pid ?? 0]),
    );
    // The list did not change, but what it says of the claim does.
    expect((await person.prompt()).context).toContain(
      '(bob@two#gone: session crashed, last seen just now): docket claim',
    );
  });
});

describe('a heartbeat', () => {
  const lastSeen = 'SELECT last_seen_at FROM sessions';

  test('is written once a minute at most, and registers a session whose start was missed', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'One' }));
    expect(await person.say('heartbeat')).toEqual({});
    const [first] = await query(person, lastSeen);
    expect(first).toBeDefined();
    await person.say('heartbeat');
    expect(await query(person, lastSeen)).toEqual([first]);

    const stamp = join(person.home, '.local/state/docket/stamps/session-a');
    const past = Date.now() / 1_000 - 61;
    utimesSync(stamp, past, past);
    await person.say('heartbeat');
    expect(await query(person, lastSeen)).not.toEqual([first]);
    expect(Date.now() - statSync(stamp).mtimeMs).toBeLessThan(60_000);
    expect(readFileSync(stamp, 'utf8')).toBe('');
  });

  test('follows the start of a session by a minute', async () => {
    const person = createHookUser();
    await person.say('session-start', { source: 'startup' });
    const before = await query(person, lastSeen);
    await person.say('heartbeat');
    expect(await query(person, lastSeen)).toEqual(before);
  });

  test('of a session whose name is no file’s is written all the same', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'One' }));
    await person.say('heartbeat', { session_id: '../../etc/passwd' });
    expect(await query(person, sessions)).toMatchObject([{ id: '../../etc/passwd' }]);
    expect(person.state().filter((name) => name.startsWith('stamps'))).toEqual([]);
  });
});
