import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { addNote } from '../../lib/tracker/tasks/note.ts';
import { createHookUser } from './hook-user.ts';

describe('a prompt', () => {
  test('carries the list, then that it is unchanged, then what changed', async () => {
    const person = createHookUser();
    const { task } = await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
    // In a short list the whole is shorter than what has changed.
    for (let count = 0; count < 6; count += 1) {
      await person.work((scope) => createTask(scope, { title: `Another task ${count}` }));
    }

    const first = await person.prompt();
    expect(first.systemMessage).toBeUndefined();
    expect(first.context).toMatch(
      /^<docket workspace="web" at="[^"]+" you="alice@one#session-a">\n/,
    );
    expect(first.context).toContain(`\nReady\n- ${task.key} P2 Wire the valve\n`);

    const second = await person.prompt();
    expect(second.context).toBe('docket: no changes by others (0 in progress, 7 ready).');

    await person.work((scope) => claimTask(scope, task.key));
    const third = await person.prompt();
    expect(third.context).toContain(
      `- Claimed by bob@two#session-b: ${task.key} P2 Wire the valve\n`,
    );
    expect(third.context).not.toContain('Another task');
    await person.work((scope) => addNote(scope, task.key, 'halfway'));
    expect((await person.prompt()).context).toContain(
      `- Noted by bob@two#session-b: ${task.key}: halfway\n`,
    );
    expect((await person.prompt()).context).toContain('no changes');
  });

  test('of another session carries the list whole', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'One' }));
    await person.prompt('session-a');
    expect((await person.prompt('session-c')).context).toContain('- web-');
  });

  test('writes nothing to the database', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'One' }));
    const before = statSync(person.database);
    await person.prompt();
    const after = statSync(person.database);
    expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs]);
    expect(await person.work((scope) => scope.store.db.query('SELECT id FROM sessions'))).toEqual(
      [],
    );
  });

  test('keeps what it keeps for the person alone', async () => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'One' }));
    await person.say('session-start', { source: 'startup' });
    await person.prompt();
    const files = person.state();
    expect(files.map((name) => name.split('/')[0]).sort()).toEqual([
      'editors',
      'sessions',
      'snapshots',
      'stamps',
    ]);
    for (const name of files) {
      expect(statSync(join(person.home, '.local/state/docket', name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(person.home, '.local/state/docket/sessions')).mode & 0o777).toBe(0o700);
    expect(person.log()).toBe('');
  });
});

describe('where docket was never set up', () => {
  test('hooks are silent, and permission requests are allowed', async () => {
    const person = createHookUser();
    const { CLAUDE_PROJECT_DIR: _, ...env } = person.env;
    const elsewhere = join(person.home, 'other');
    const there = { ...env, CLAUDE_PROJECT_DIR: elsewhere };
    mkdirSync(join(elsewhere, '.git'), { recursive: true });
    expect(await person.prompt('session-a', there)).toEqual({});
    expect(await person.say('session-start', { source: 'startup' }, there)).toEqual({});
    expect(await person.say('pre-tool-use', { tool_name: 'TaskCreate' }, there)).toEqual({});
    expect(await person.say('permission-request', { tool_name: 'TaskCreate' }, there)).toEqual({
      allows: true,
    });
    expect(await person.say('heartbeat', {}, there)).toEqual({});
    expect(await person.say('session-end', { reason: 'other' }, there)).toEqual({});
  });
});

describe('a built-in task tool', () => {
  test.for(['pre-tool-use', 'permission-request'] as const)('is refused by %s', async (hook) => {
    const person = createHookUser();
    const said = await person.say(hook, {
      tool_name: 'TaskCreate',
      tool_input: { subject: "Fix the user's login" },
    });
    expect(said).toEqual({
      deny: 'Tasks live in docket, the list that all sessions share, not in TaskCreate. Run instead:\ndocket create "Fix the user\'s login"',
    });
  });

  test('other tools pass', async () => {
    const person = createHookUser();
    for (const tool of ['Bash', 'TaskStop', 'Task', 'Agent', 'taskcreate', '']) {
      expect(await person.say('pre-tool-use', { tool_name: tool })).toEqual({});
    }
  });
});
