import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { showTask } from '../../lib/tracker/reads/detail.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../lib/tracker/tasks/close.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser, type HookUser } from './hook-user.ts';

const helper = { agent_id: 'ae8f592581370ed4f', agent_type: 'general-purpose' };
const name = 'general-purpose-70ed4f';

/** Lets the session start an agent at a task that it has claimed for it. */
async function startAgent(person: HookUser): Promise<{ key: string; own: object }> {
  const key = await person.work(async (list) => {
    const { task } = await createTask(list, { title: 'Paint', task_type: 'research' });
    await claimTask(list, task.key, { assignedAgent: 'Explore Agent', isForAgent: true });
    return task.key;
  }, 'session-a');
  const tool_input = { prompt: `Do ${key}`, subagent_type: 'general-purpose' };
  await person.say('agent-call', { tool_name: 'Agent', tool_use_id: 'toolu_1', tool_input });
  const folder = join(person.home, 'transcripts/session-a');
  mkdirSync(join(folder, 'subagents'), { recursive: true });
  const about = JSON.stringify({ toolUseId: 'toolu_1' });
  writeFileSync(join(folder, `subagents/agent-${helper.agent_id}.meta.json`), about);
  return { key, own: { ...helper, transcript_path: `${folder}.jsonl` } };
}

const result = { tool_name: 'Agent', tool_use_id: 'toolu_1', tool_input: {} };

function fenced(report: object): string {
  return `I painted it.\n\n\`\`\`json\n${JSON.stringify(report)}\n\`\`\``;
}

test('the report that an agent ends with is recorded, and its session is told once', async () => {
  const person = createHookUser();
  const { key, own } = await startAgent(person);
  const next = await person.work(async (list) => {
    const { task } = await createTask(list, { title: 'Dry' }, { needs: [key] });
    return task.key;
  });
  const last_assistant_message = fenced({
    status: 'completed',
    outcome: 'It is red',
    files_modified: 'wall.ts',
  });
  expect(await person.say('subagent-stop', { ...own, last_assistant_message })).toEqual({});
  const { task } = await person.work((list) => showTask(list, key));
  expect([task.status, task.outcome]).toEqual(['completed', 'It is red']);
  expect(task.context.files_modified).toEqual(['wall.ts']);
  // The session is told where the agent's words come back to it.
  expect(await person.say('agent-result', { ...result, ...helper })).toEqual({});
  const { context } = await person.say('agent-result', result);
  expect(context).toBe(
    `The report of ${name} is recorded:\nCompleted ${key}  P2  Paint\nNow ready: ${next}`,
  );
  expect(await person.say('agent-result', result)).toEqual({});
  // Asked to go on, it ends again: that is no news.
  await person.say('subagent-stop', { ...own, last_assistant_message: 'Bye' });
  expect(await person.say('agent-result', result)).toEqual({});
});

test('of an agent in the background the next prompt tells, before the list', async () => {
  const person = createHookUser();
  const { key, own } = await startAgent(person);
  await person.prompt();
  const last_assistant_message = fenced({ status: 'blocked', blockers: ['No paint'] });
  await person.say('subagent-stop', { ...own, last_assistant_message });
  const { context = '' } = await person.prompt();
  expect(context).toContain(`The report of ${name} is recorded:\nBlocked ${key}  P2  Paint`);
  expect(context).toContain('No paint');
  expect((await person.prompt()).context ?? '').not.toContain('is recorded');
});

test.for([
  ['no report', 'I am done, {"status": "completed"} or so', 'ended without a report'],
  ['nothing', undefined, 'ended without a report'],
  ['another report', fenced({ status: 'finished' }), 'was not taken: report: status'],
])('an agent that ends with %s leaves a note, and its task claimed', async (end) => {
  const [, last_assistant_message, said = ''] = end;
  const person = createHookUser();
  const { key, own } = await startAgent(person);
  await person.say('subagent-stop', { ...own, last_assistant_message });
  const { context = '' } = await person.say('agent-result', result);
  expect(context).toContain(said);
  expect(context).toContain(
    `${key} is still claimed: docket report ${key} 'JSON', or docket release ${key}.`,
  );
  const { task, notes } = await person.work((list) => showTask(list, key));
  expect(task.status).toBe('in_progress');
  expect(notes.map(({ agent }) => agent)).toEqual([name]);
  // What it says when it is asked once more counts.
  const again = { ...own, last_assistant_message: fenced({ status: 'completed' }) };
  await person.say('subagent-stop', again);
  expect((await person.work((list) => showTask(list, key))).task.status).toBe('completed');
});

test('a report on what others have closed changes nothing, and the session hears of it', async () => {
  const person = createHookUser();
  const { key, own } = await startAgent(person);
  await person.work((list) => closeTask(list, key, { outcome: 'By hand' }), 'session-a');
  const last_assistant_message = fenced({ status: 'completed', outcome: 'Late' });
  await person.say('subagent-stop', { ...own, last_assistant_message });
  expect((await person.say('agent-result', result)).context).toContain('came too late');
  const { task } = await person.work((list) => showTask(list, key));
  expect(task.outcome).toBe('By hand');
});

test('agents without a task of their own end as before', async () => {
  const person = createHookUser();
  const { key } = await startAgent(person);
  const last_assistant_message = fenced({ status: 'completed' });
  for (const more of [
    { ...helper, agent_type: '' },
    {},
    { ...helper, transcript_path: '/x.jsonl' },
  ]) {
    expect(await person.say('subagent-stop', { last_assistant_message, ...more })).toEqual({});
  }
  expect(await person.say('agent-result', result)).toEqual({});
  expect((await person.work((list) => showTask(list, key))).task.status).toBe('in_progress');
});

test('a report that cannot be written is queued, and sent for the run that it is of', async () => {
  const person = createHookUser();
  const { key, own } = await startAgent(person);
  await person.say('user-prompt-submit', { prompt: 'go on' });
  const kept = readFileSync(person.database);
  writeFileSync(person.database, 'no database');
  const last_assistant_message = fenced({ status: 'completed', outcome: 'Works' });
  expect(await person.say('subagent-stop', { ...own, last_assistant_message })).toEqual({});
  expect((await person.say('agent-result', result)).context).toBe(
    `The report of ${name} on ${key} is queued, as the database is away: docket outbox list`,
  );
  writeFileSync(person.database, kept);
  await person.say('heartbeat', { hook_event_name: 'Stop' });
  const { task } = await person.work((list) => showTask(list, key));
  expect(task).toMatchObject({ status: 'completed', outcome: 'Works' });
});

test('what is no report, and cannot be written, is the session’s to settle', async () => {
  const person = createHookUser();
  const { key, own } = await startAgent(person);
  writeFileSync(person.database, 'no database');
  const last_assistant_message = 'I am done.';
  expect(await person.say('subagent-stop', { ...own, last_assistant_message })).toEqual({});
  expect((await person.say('agent-result', result)).context).toBe(
    `The report of ${name} on ${key} could not be recorded; docket report ${key} 'JSON' does it.`,
  );
});
