import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser, type HookUser } from './hook-user.ts';

const helper = { agent_id: 'ae8f592581370ed4f', agent_type: 'general-purpose' };

/** Makes tasks by title and claims them in the hooks' session, each for the agent that is named. */
function makeTasks(
  person: HookUser,
  agents: Readonly<Record<string, string | undefined>>,
  session = 'session-a',
): Promise<readonly string[]> {
  return person.work(async (list) => {
    const keys: string[] = [];
    for (const [title, assignedAgent] of Object.entries(agents)) {
      const { task } = await createTask(list, { title, description: `About ${title}` });
      await claimTask(list, task.key, { assignedAgent, isForAgent: true });
      keys.push(task.key);
    }
    return keys;
  }, session);
}

function callOf(prompt: string, more: object = {}, call = 'toolu_1'): Record<string, unknown> {
  const tool_input = { description: 'work', prompt, subagent_type: 'general-purpose', ...more };
  return { tool_name: 'Agent', tool_use_id: call, tool_input };
}

/** Writes what Claude Code keeps of an agent that a call started. */
function started(person: HookUser, { agent_id: id } = helper, call = 'toolu_1'): object {
  const folder = join(person.home, 'transcripts/session-a');
  mkdirSync(join(folder, 'subagents'), { recursive: true });
  const about = JSON.stringify({ agentType: 'general-purpose', toolUseId: call });
  writeFileSync(join(folder, `subagents/agent-${id}.meta.json`), about);
  return { transcript_path: `${folder}.jsonl` };
}

const bash = (command: string) => ({ tool_name: 'Bash', tool_input: { command } });

test('the prompt of an agent ends with the task that it names, and how to report', async () => {
  const person = createHookUser();
  const [key, other] = await makeTasks(person, { Paint: 'Coding Agent', Dry: undefined });
  const prompt = `Do ${key}. Be quick.`;
  const { updatedInput, ...rest } = await person.say('agent-call', callOf(prompt));
  expect(rest).toEqual({});
  expect(updatedInput).toEqual({
    description: 'work',
    subagent_type: 'general-purpose',
    prompt: expect.any(String),
  });
  const told = `${updatedInput?.prompt}`;
  expect(told).toContain(`${prompt}\n\nYou are given the task ${key} (implementation): Paint`);
  expect(told).toContain('About Paint');
  expect(told).not.toContain(`${other}`);
  expect(told).toContain('{"status": "completed|blocked|failed|needs_review"');
  expect(told).toContain('files_created');
  expect(told).toContain('tests_created');
  expect(told.length).toBeLessThan(4_000);
});

test('a long task is cut, and says where the rest is', async () => {
  const person = createHookUser();
  const key = await person.work(async (list) => {
    const description = Array.from({ length: 90 }, () => 'x'.repeat(90)).join('\n');
    const { task } = await createTask(list, { title: 'Long', description });
    await claimTask(list, task.key);
    return task.key;
  }, 'session-a');
  const { updatedInput } = await person.say('agent-call', callOf(`Do ${key}`));
  const told = `${updatedInput?.prompt}`;
  expect(told).toMatch(new RegExp(`\n\\+\\d+ more lines: docket show ${key}\n`));
  expect(told.length).toBeLessThan(4_000);
});

test('an agent is given the one task that is claimed for its name', async () => {
  const person = createHookUser();
  const [key] = await makeTasks(person, { Paint: 'painter', Dry: 'dryer', Wash: undefined });
  const call = callOf('Do your work', { subagent_type: 'painter' });
  const { updatedInput } = await person.say('agent-call', call);
  expect(updatedInput?.prompt).toContain(`You are given the task ${key}`);
  // The next of this type is another worker, unless its prompt says otherwise.
  expect(await person.say('agent-call', { ...call, tool_use_id: 'toolu_2' })).toEqual({});
  const again = callOf(`Go on with ${key}`, { subagent_type: 'painter' }, 'toolu_3');
  expect((await person.say('agent-call', again)).updatedInput).toBeDefined();
});

test('nothing is given that is not clear, or not the session’s to give', async () => {
  const person = createHookUser();
  const [paint, dry] = await makeTasks(person, { Paint: 'painter', Dry: 'painter' });
  const [foreign] = await makeTasks(person, { Foreign: 'general-purpose' }, 'session-b');
  const open = await person.work((list) => createTask(list, { title: 'Open' }));
  const calls = [
    callOf(`Look at ${paint} and ${dry}`),
    callOf('Do your work', { subagent_type: 'painter' }),
    callOf(`Do ${foreign}`),
    callOf(`Do ${open.task.key}`),
    callOf(`Do ${paint}x`),
    callOf('Do your work'),
    { ...callOf(`Do ${paint}`), tool_name: 'Write' },
    { ...callOf(`Do ${paint}`), tool_use_id: undefined },
    { ...callOf(`Do ${paint}`), tool_input: { prompt: 7 } },
  ];
  for (const call of calls) expect(await person.say('agent-call', call)).toEqual({});
  const teams = { CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS: '1' };
  const mate = callOf(`Do ${paint}`, { name: 'alice' });
  expect(await person.say('agent-call', mate, teams)).toEqual({});
  expect(await person.say('agent-call', callOf(`Do ${paint}`), { DOCKET_RUN: 'r' })).toEqual({});
});

test('an agent at a task that it was given reports, looks and leaves notes', async () => {
  const person = createHookUser();
  const [key] = await makeTasks(person, { Paint: 'Coding Agent' });
  await person.say('agent-call', callOf(`Do ${key}`));
  const own = { ...helper, ...started(person) };
  for (const verb of ['close', 'create', 'claim', 'update', 'done']) {
    const { deny, ...rest } = await person.say('bash-command', {
      ...bash(`cd . && docket ${verb} ${key}`),
      ...own,
    });
    expect(rest).toEqual({});
    expect(deny).toContain(`docket ${verb} is not for you: you report on ${key}`);
    expect(deny).toContain('{"status": "completed|blocked|failed|needs_review"');
  }
  expect(await person.say('bash-command', { ...bash(`docket show ${key}`), ...own })).toEqual({});
  const note = await person.say('bash-command', { ...bash(`docket note ${key} 'close'`), ...own });
  expect(note.updatedInput?.command).toBe(
    `docket note --as-agent=general-purpose-70ed4f ${key} 'close'`,
  );
});

test('of agents that start at once each is held to its own task', async () => {
  const person = createHookUser();
  const [paint, dry] = await makeTasks(person, { Paint: undefined, Dry: undefined });
  await person.say('agent-call', callOf(`Do ${paint}`, {}, 'toolu_1'));
  await person.say('agent-call', callOf(`Do ${dry}`, {}, 'toolu_2'));
  await person.say('agent-call', callOf('Look around', {}, 'toolu_3'));
  const ids = { a1: 'toolu_2', a2: 'toolu_1', a3: 'toolu_3' };
  const said: (string | undefined)[] = [];
  for (const [agent_id, call] of Object.entries(ids)) {
    const own = { ...helper, agent_id, ...started(person, { ...helper, agent_id }, call) };
    const { deny } = await person.say('bash-command', { ...bash('docket claim X'), ...own });
    said.push(/report on (\S+),/.exec(deny ?? '')?.[1]);
  }
  expect(said).toEqual([dry, paint, undefined]);
});

test('a helper of such an agent is held to the same, and given nothing of its own', async () => {
  const person = createHookUser();
  const [key] = await makeTasks(person, { Paint: undefined });
  await person.say('agent-call', callOf(`Do ${key}`));
  const own = { ...helper, ...started(person) };
  const nested = { ...callOf(`Help with ${key}`, {}, 'toolu_2'), ...own };
  expect(await person.say('agent-call', nested)).toEqual({});
  const second = { ...helper, agent_id: 'a2' };
  const its = { ...second, ...started(person, second, 'toolu_2') };
  const { deny } = await person.say('bash-command', { ...bash(`docket close ${key}`), ...its });
  expect(deny).toContain(`you report on ${key}`);
});

test('whatever Claude Code keeps of an agent, a command of it passes as before', async () => {
  const person = createHookUser();
  const [key] = await makeTasks(person, { Paint: undefined });
  await person.say('agent-call', callOf(`Do ${key}`));
  const close = bash(`docket close ${key}`);
  const passes = async (more: object) => {
    const said = await person.say('bash-command', { ...close, ...helper, ...more });
    expect(said.deny).toBeUndefined();
  };
  await passes({});
  await passes({ transcript_path: join(person.home, 'nowhere.jsonl') });
  await passes({ transcript_path: '/proc/self/mem' });
  const { transcript_path } = started(person) as { transcript_path: string };
  await passes({ transcript_path, agent_id: '../agent' });
  const file = join(
    person.home,
    `transcripts/session-a/subagents/agent-${helper.agent_id}.meta.json`,
  );
  for (const text of ['', '{"toolUseId":7}', '[]', '{"toolUseId":"toolu_9"}']) {
    writeFileSync(file, text);
    await passes({ transcript_path });
  }
});
