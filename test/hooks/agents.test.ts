import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser } from './hook-user.ts';

const bob = { agent_id: 'abob-1f2e3d', agent_type: 'bob' };
const helper = { agent_id: 'ae8f592581370ed4f', agent_type: 'general-purpose' };

test('a docket command of a subagent gets the name of its worker, one of the session does not', async () => {
  const person = createHookUser();
  const command = { tool_name: 'Bash', tool_input: { command: 'docket claim K', timeout: 1_000 } };
  expect(await person.say('bash-command', { ...command, ...helper })).toEqual({
    updatedInput: {
      command: 'docket claim --as-agent=general-purpose-70ed4f K',
      timeout: 1_000,
    },
  });
  expect(await person.say('bash-command', command)).toEqual({});
  const other = { ...command, tool_input: { command: 'docket list' } };
  expect(await person.say('bash-command', { ...other, ...helper })).toEqual({});
});

test('a team-mate is told its name, how to claim, and what is open, shorter than a prompt', async () => {
  const person = createHookUser();
  const titles = Array.from({ length: 40 }, (_, number) => `Task ${number} ${'x'.repeat(110)}`);
  const [mine = '', theirs = ''] = await person.work(async (list) => {
    const keys: string[] = [];
    for (const title of ['Held', 'Delegated', ...titles]) {
      keys.push((await createTask(list, { title })).task.key);
    }
    await claimTask(list, keys[0] ?? '');
    const worker = { ...list.worker, agent: 'bob' };
    await claimTask({ ...list, worker }, keys[1] ?? '');
    return keys;
  }, 'session-a');
  const { context = '', ...rest } = await person.say('subagent-start', bob);
  expect(rest).toEqual({});
  expect(context).toContain('You are bob in it.');
  expect(context).toContain('docket claim KEY before you work on one');
  expect(context).toContain('you="alice@one#session-a/bob"');
  expect(context).toContain(`- ${mine} P2 Held (the main agent in this session, `);
  expect(context).toContain(`- ${theirs} P2 Delegated (you, `);
  const whole = (await person.prompt()).context ?? '';
  expect(whole.length).toBeGreaterThan(1_700);
  expect(context.slice(context.indexOf('<docket ')).length).toBeLessThan(1_500);
  expect(whole).toContain(`- ${theirs} P2 Delegated (you, agent bob, `);
});

test('what a subagent is told is not what the session was shown', async () => {
  const person = createHookUser();
  await person.work((list) => createTask(list, { title: 'Task' }));
  await person.say('subagent-start', helper);
  expect((await person.prompt()).context).toContain('Ready');
  await person.say('subagent-start', helper);
  expect((await person.prompt()).context).toContain('no changes');
});

test('agents that only look, and the helpers of an agent that docket runs, are told nothing', async () => {
  const person = createHookUser();
  await person.work((list) => createTask(list, { title: 'Task' }));
  for (const agent_type of ['Explore', 'Plan']) {
    expect(await person.say('subagent-start', { ...helper, agent_type })).toEqual({});
  }
  expect(await person.say('subagent-start', helper, { DOCKET_RUN: 'run-1' })).toEqual({});
  expect(await person.say('subagent-start')).toEqual({});
});

test('the session is marked as one with agents, so that the launcher asks for names', async () => {
  const person = createHookUser();
  const mark = join(person.home, '.local/state/docket/agents/session-a');
  await person.say('subagent-start');
  expect(existsSync(mark)).toBe(false);
  await person.say('subagent-start', { ...helper, agent_type: 'Explore' });
  expect(existsSync(mark)).toBe(true);
});
