import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { answerHeartbeat, finishSession, keepSessionAlive } from '../../lib/briefing/heartbeat.ts';
import type { HookContext } from '../../lib/briefing/hook-context.ts';
import { takeReport } from '../../lib/briefing/take-report.ts';
import { parseHookInput } from '../../lib/hook-io/input.ts';
import { takeNews } from '../../lib/state/agent-news.ts';
import { hasEdits } from '../../lib/state/edits.ts';
import { keepGivenTask } from '../../lib/state/given-task.ts';
import { heartbeatFile } from '../../lib/state/heartbeat.ts';
import { createEmpty } from '../../lib/state/state-file.ts';
import { showTask } from '../../lib/tracker/reads/detail.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../lib/tracker/tasks/close.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createHookUser, type HookUser } from '../hooks/hook-user.ts';
import { type NotedEdit, noteEdit } from '../state/note-edit.ts';
import { hookContextOf } from './context-of.ts';

/** A session of a person: its hooks, and its edits. */
function sessionOf(person: HookUser, id: string) {
  const hook: HookContext = { ...hookContextOf(person), sessionId: id };
  const scopeIn = (scope: Scope): Scope => ({
    ...scope,
    worker: { session: id, agent: 'main', actor: `${id}@one` },
  });
  return {
    hook,
    work: <T>(act: (scope: Scope) => Promise<T>) => person.work((scope) => act(scopeIn(scope))),
    edit: (name: string, more: Omit<NotedEdit, 'path'> = {}) =>
      noteEdit(hook.stateFolder, id, { path: join(person.project, name), ...more }),
    beat: () => {
      heartbeatFile(hook.stateFolder, id).unmark();
      return keepSessionAlive(hook, { ...person.env, DOCKET_ACTOR: `${id}@one` }, Date.now());
    },
  };
}

type Session = ReturnType<typeof sessionOf>;

async function claimed({ work }: Session, title: string): Promise<string> {
  const { task } = await work((scope) => createTask(scope, { title }));
  await work((scope) => claimTask(scope, task.key));
  return task.key;
}

function contextOf({ work }: Session, key: string) {
  return work(async (scope) => (await showTask(scope, key)).task.context);
}

test('a heartbeat writes what the launcher has noted, for the task that its session holds', async () => {
  const alice = sessionOf(createHookUser(), 'alice');
  const key = await claimed(alice, 'Wire the flux valve');
  alice.edit('src/a.ts');
  alice.edit('src/new.ts', { tool: 'Write', isNew: true });
  expect(await alice.beat()).toBeUndefined();
  expect(hasEdits(alice.hook.stateFolder, 'alice')).toBe(false);
  await alice.work((scope) => closeTask(scope, key));
  expect(await contextOf(alice, key)).toMatchObject({
    files_created: ['src/new.ts'],
    files_modified: ['src/a.ts'],
  });
});

test('two sessions that edit one file are told of each other, once each', async () => {
  const person = createHookUser();
  const [alice, bob] = [sessionOf(person, 'alice'), sessionOf(person, 'bob')];
  const key = await claimed(alice, 'Wire the flux valve');
  alice.edit('src/a.ts');
  expect(await alice.beat()).toBeUndefined();
  bob.edit('src/a.ts');
  bob.edit('src/b.ts');
  const told = (await bob.beat())?.context ?? '';
  expect(told).toContain(`alice@one#alice also edits src/a.ts for ${key} Wire the flux valve`);
  expect(told).not.toContain('src/b.ts');
  expect((await alice.beat())?.context).toContain('bob@one#bob also edits src/a.ts');
  alice.edit('src/a.ts');
  bob.edit('src/a.ts');
  expect(await alice.beat()).toBeUndefined();
  expect(await bob.beat()).toBeUndefined();
  alice.edit('src/b.ts');
  expect((await alice.beat())?.context).toContain('also edits src/b.ts');
});

test('what is found at the end of a turn is told with the next prompt', () => {
  const { hook } = sessionOf(createHookUser(), 'alice');
  const answer = { context: 'told' };
  expect(answerHeartbeat(hook, 'PostToolUse', answer)).toEqual({ ...answer, event: 'PostToolUse' });
  expect(answerHeartbeat(hook, 'Stop', answer)).toBeUndefined();
  expect(takeNews(hook.stateFolder, hook.sessionId)).toBe('told');
  expect(answerHeartbeat(hook, 'PostToolUse', undefined)).toBeUndefined();
});

test('edits that cannot be written wait, and the session is alive all the same', async () => {
  const person = createHookUser();
  const alice = sessionOf(person, 'alice');
  await alice.work(({ store }) =>
    store.db.run(`CREATE TRIGGER refused BEFORE INSERT ON touched_files
      BEGIN SELECT RAISE(ABORT, 'refused'); END`),
  );
  alice.edit('src/a.ts');
  await expect(alice.beat()).rejects.toThrow('refused');
  expect(heartbeatFile(alice.hook.stateFolder, 'alice').isFresh()).toBe(true);
  expect(hasEdits(alice.hook.stateFolder, 'alice')).toBe(true);
  await alice.work(({ store }) => store.db.run('DROP TRIGGER refused'));
  await alice.beat();
  expect(hasEdits(alice.hook.stateFolder, 'alice')).toBe(false);
});

test('a session that ends leaves no edit behind', async () => {
  const person = createHookUser();
  for (const reason of ['other', 'clear']) {
    const session = sessionOf(person, reason);
    const key = await claimed(session, 'Wire the flux valve');
    session.edit('src/a.ts');
    await finishSession(session.hook, { env: person.env, now: Date.now(), reason });
    expect(hasEdits(session.hook.stateFolder, reason)).toBe(false);
    await session.work((scope) => closeTask(scope, key, { force: true }));
    expect(await contextOf(session, key)).toMatchObject({ files_modified: ['src/a.ts'] });
  }
});

test('edits of a subagent count for the task that was given to it, and go into its report', async () => {
  const person = createHookUser();
  const alice = sessionOf(person, 'alice');
  const { stateFolder } = alice.hook;
  const { task } = await alice.work((scope) => createTask(scope, { title: 'Given' }));
  const isForAgent = { assignedAgent: 'general-purpose', isForAgent: true };
  await alice.work((scope) => claimTask(scope, task.key, isForAgent));
  const own = await claimed(alice, 'Own');
  const { id: run } = await alice.work(
    async ({ store }) =>
      (await store.db.query('SELECT id FROM agent_runs WHERE task_id = ?', [task.id]))[0] ?? {},
  );
  const transcript = join(person.home, 'projects/web/alice.jsonl');
  const about = join(dirname(transcript), 'alice/subagents/agent-ad22f8b2.meta.json');
  createEmpty(about);
  writeFileSync(about, JSON.stringify({ toolUseId: 'toolu_1' }));
  keepGivenTask(
    stateFolder,
    { sessionId: 'alice', call: 'toolu_1' },
    { key: task.key, run: `${run}` },
  );
  const agent = { agent_id: 'ad22f8b2', agent_type: 'general-purpose' };
  alice.edit('src/given.ts', { agent, transcript_path: transcript });
  alice.edit('src/own.ts');
  const input = parseHookInput(
    JSON.stringify({
      ...agent,
      session_id: 'alice',
      transcript_path: transcript,
      last_assistant_message: JSON.stringify({ status: 'completed', outcome: 'done' }),
    }),
  );
  if (input === undefined) return expect.unreachable();
  await takeReport(alice.hook, input, { env: person.env, now: Date.now() });
  expect(await contextOf(alice, task.key)).toMatchObject({ files_modified: ['src/given.ts'] });
  await alice.work((scope) => closeTask(scope, own));
  expect(await contextOf(alice, own)).toMatchObject({ files_modified: ['src/own.ts'] });
});

test('an agent that docket runs edits for the task that it was started with', async () => {
  const person = createHookUser();
  const alice = sessionOf(person, 'alice');
  const key = await claimed(alice, 'Orchestrated');
  const agent = sessionOf(person, 'agent');
  agent.edit('src/a.ts');
  const env = { ...person.env, DOCKET_RUN: 'r', DOCKET_TASK: key };
  await keepSessionAlive(agent.hook, env, Date.now());
  await alice.work((scope) => closeTask(scope, key));
  expect(await contextOf(alice, key)).toMatchObject({ files_modified: ['src/a.ts'] });
});
