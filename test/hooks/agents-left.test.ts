import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { showTask } from '../../lib/tracker/reads/detail.ts';
import { releaseTask } from '../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser, type HookUser } from './hook-user.ts';

const agentType = 'general-purpose';

interface Started {
  readonly key: string;
  readonly id: string;
  readonly transcript_path: string;
}

/** Lets the session start an agent at a task that it has claimed for it. */
async function startAgent(person: HookUser, number: number): Promise<Started> {
  const key = await person.work(async (list) => {
    const { task } = await createTask(list, { title: `Paint ${number}`, task_type: 'research' });
    await claimTask(list, task.key, { assignedAgent: agentType, isForAgent: true });
    return task.key;
  }, 'session-a');
  const [call, id] = [`toolu_${number}`, `ae8f592581370ed4${number}`];
  const tool_input = { prompt: `Do ${key}`, subagent_type: agentType };
  await person.say('agent-call', { tool_name: 'Agent', tool_use_id: call, tool_input });
  const folder = join(person.home, 'transcripts/session-a');
  mkdirSync(join(folder, 'subagents'), { recursive: true });
  const about = JSON.stringify({ agentType, toolUseId: call });
  writeFileSync(join(folder, `subagents/agent-${id}.meta.json`), about);
  return { key, id, transcript_path: `${folder}.jsonl` };
}

function running(...ids: readonly string[]): object {
  return { background_tasks: ids.map((id) => ({ id, type: 'subagent', status: 'running' })) };
}

test('an agent that was interrupted is noted, and its session is told once', async () => {
  const person = createHookUser();
  const { key, id, transcript_path } = await startAgent(person, 1);
  const stop = { transcript_path, ...running() };
  await person.prompt();
  // While it runs in the background, nothing is settled.
  expect(await person.say('agents-left', { ...stop, ...running(id) })).toEqual({});
  expect((await person.prompt()).context ?? '').not.toContain('interrupted');
  expect(await person.say('agents-left', stop)).toEqual({});
  await person.say('agents-left', stop);
  const told = (await person.prompt()).context ?? '';
  expect(told.split('\n')[0]).toBe(
    `general-purpose-${id.slice(-6)} was interrupted and left no report. ${key} is still claimed: docket report ${key} 'JSON', or docket release ${key}.`,
  );
  expect((await person.prompt()).context ?? '').not.toContain('interrupted');
  const { task, notes } = await person.work((list) => showTask(list, key));
  expect(task.status).toBe('in_progress');
  expect(notes.map(({ text }) => text)).toEqual(['Was interrupted, and left no report.']);
});

test('an agent that goes on after all reports as before', async () => {
  const person = createHookUser();
  const { key, id, transcript_path } = await startAgent(person, 1);
  await person.say('agents-left', { transcript_path, ...running() });
  const last_assistant_message = '```json\n{"status": "completed", "outcome": "Red"}\n```';
  const own = { agent_id: id, agent_type: agentType, transcript_path };
  await person.say('subagent-stop', { ...own, last_assistant_message });
  expect((await person.work((list) => showTask(list, key))).task.status).toBe('completed');
});

test('who has reported, and whose task was given up, is not told of', async () => {
  const person = createHookUser();
  const [one, two] = [await startAgent(person, 1), await startAgent(person, 2)];
  const { transcript_path } = one;
  const last_assistant_message = '```json\n{"status": "completed"}\n```';
  const own = { agent_id: one.id, agent_type: agentType, transcript_path };
  await person.say('subagent-stop', { ...own, last_assistant_message });
  await person.work((list) => releaseTask(list, two.key), 'session-a');
  await person.say('agents-left', { transcript_path, ...running() });
  expect((await person.prompt()).context ?? '').not.toContain('interrupted');
});

test('where Claude Code does not say what runs, nothing is concluded', async () => {
  const person = createHookUser();
  const { key, transcript_path } = await startAgent(person, 1);
  for (const more of [
    {},
    { background_tasks: 'none' },
    { ...running(), agent_id: 'a1' },
    { ...running(), transcript_path: '/nowhere.jsonl' },
  ]) {
    expect(await person.say('agents-left', { transcript_path, ...more })).toEqual({});
  }
  expect((await person.work((list) => showTask(list, key))).notes).toEqual([]);
});
