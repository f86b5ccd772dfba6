import { expect, test } from 'vitest';
import type { Progress } from '../../../lib/model/answers/progress.ts';
import type { AgentRequest } from '../../../lib/orchestrator/agents/agent-runner.ts';
import { Orchestrator } from '../../../lib/orchestrator/orchestrator.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { blockTask, unblockTask } from '../../../lib/tracker/tasks/block.ts';
import { cancelTask } from '../../../lib/tracker/tasks/close.ts';
import type { TestLists } from '../test-lists.ts';
import { approved, done, orchestrate, seedPlan, single } from './orchestrated.ts';
import { orchestratorScope } from './orchestrator-scope.ts';

/** Plans that an orchestrator carries out. */
export function orchestrateSuite(lists: TestLists): void {
  test('a plan runs in its order, each task claimed before its agent starts, and is rolled up', async () => {
    const list = await lists.list();
    const seen: string[] = [];
    const orchestrator = orchestrate(list, async (request) => {
      const { task } = await showTask(list, keyOf(request));
      seen.push(`${task.title}: ${task.status}, ${task.assignedAgent}, ${task.startedAt !== null}`);
      if (task.type === 'review') return approved;
      return { ...done, files_created: [`${task.title}.md`], production_ready: true };
    });
    const { task } = await orchestrator.plan({ request: 'Add auth', plan: seedPlan() });
    const outcome = await orchestrator.run(task.key);
    expect(outcome).toMatchObject({ status: 'completed', open: [] });
    expect(seen).toEqual([
      'Design authentication schema: in_progress, Coding Agent, true',
      'Generate code for JWT authentication: in_progress, Coding Agent, true',
      'Review authentication code: in_progress, Code Review Agent, true',
      'Write authentication tests: in_progress, Coding Agent, true',
    ]);
    expect(outcome.task.context).toMatchObject({
      user_request: 'Add auth',
      subtasks_completed: 4,
      production_ready: true,
      files_created: [
        'Design authentication schema.md',
        'Generate code for JWT authentication.md',
        'Write authentication tests.md',
      ],
    });
    const { runs } = await orchestrator.runs(task.key);
    expect(runs.map(({ agent, status, verdict }) => [agent, status, verdict])).toEqual([
      ['Coding Agent', 'completed', null],
      ['Coding Agent', 'completed', 'approved'],
      ['Code Review Agent', 'completed', 'approved'],
      ['Coding Agent', 'completed', null],
    ]);
  });

  test('failures are tried again with what went wrong, and then blocked', async () => {
    const list = await lists.list();
    const prompts: string[] = [];
    const orchestrator = orchestrate(list, ({ prompt }) => {
      prompts.push(prompt);
      if (prompts.length === 1) throw new Error('the disk is full');
      return { status: 'failed', outcome: `try ${prompts.length}` };
    });
    const { subtasks } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    expect((await orchestrator.run(subtasks[0]?.key ?? '')).status).toBe('stuck');
    const { task } = await showTask(list, subtasks[0]?.key ?? '');
    expect(task.blockedReason).toBe('failed in 3 attempts: try 3');
    expect(prompts[1]).toContain('crashed: the disk is full');
  });

  test('what is not a report is a failed run that keeps what was said', async () => {
    const list = await lists.list();
    const answers: unknown[] = ['nonsense', { status: 'fine' }, { status: 'blocked' }];
    const orchestrator = orchestrate(list, () => answers.shift());
    const { subtasks } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    const key = subtasks[0]?.key ?? '';
    await orchestrator.run(key);
    const { runs } = await orchestrator.runs(key);
    expect(runs.map(({ status, report }) => [status, (report as Said).unreadable_report])).toEqual([
      ['failed', 'nonsense'],
      ['failed', { status: 'fine' }],
      ['failed', { status: 'blocked' }],
    ]);
  });

  test.each<[string, () => unknown, string]>([
    ['ten megabytes', () => ({ ...done, findings: 'a'.repeat(10_000_000) }), 'has 10000'],
    ['no plain data', () => ({ ...done, self: cycle() }), 'cannot be written as JSON'],
    ['a number without JSON', () => ({ ...done, minutes: 10n }), 'cannot be written as JSON'],
    [
      'endless nesting',
      () => ({ ...done, findings: nested(100_000) }),
      'cannot be written as JSON',
    ],
    ['deep nesting', () => ({ ...done, findings: nested(1_000) }), 'nested deeper than 64'],
    ['a thousand follow-ups', () => ({ ...done, follow_ups: texts(1_000) }), 'more than 200 items'],
    ['a status with a NUL', () => ({ status: 'a\0b' }), 'status'],
    ['a key with a NUL', () => ({ ...done, insights: [{ 'a\0b': 1 }] }), 'insights'],
    ['an endless error', () => throwLong(), 'xxxxx'],
    ['its own JSON', () => ({ ...done, toJSON: () => undefined }), 'must be an object'],
  ])('a report of %s is a failed run, and the task is not stuck', async (_, say, why) => {
    const list = await lists.list();
    const orchestrator = orchestrate(list, say);
    const { subtasks } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    const key = subtasks[0]?.key ?? '';
    expect((await orchestrator.run(key)).status).toBe('stuck');
    const { task } = await showTask(list, key);
    expect(task).toMatchObject({ status: 'blocked', claim: null, context: {} });
    expect(task.blockedReason).toContain(why);
    const { runs } = await orchestrator.runs(key);
    expect(runs.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(JSON.stringify(runs).length).toBeLessThan(100_000);
  });

  test('a blocked task says why and lets go; what does not need it goes on', async () => {
    const list = await lists.list();
    const orchestrator = orchestrate(list, ({ prompt }) =>
      prompt.includes('staging') ? { status: 'blocked', blockers: ['no password'] } : done,
    );
    const subtasks = ['staging', 'docs'].map((title) => ({
      title,
      task_type: 'documentation' as const,
    }));
    const { task } = await orchestrator.plan({
      plan: { title: 'All', any_order: true, subtasks },
    });
    const outcome = await orchestrator.run(task.key);
    expect(outcome).toMatchObject({ status: 'stuck', task: { status: 'blocked' } });
    const { task: blocked } = await showTask(list, `${task.key}.1`);
    expect(blocked).toMatchObject({ status: 'blocked', claim: null, blockedReason: 'no password' });
    expect(blocked.context).toMatchObject({ blockers_encountered: ['no password'] });
  });

  test('a task that is cancelled while its agent works ends the agent, and its report is kept', async () => {
    const list = await lists.list();
    const orchestrator = orchestrate(list, async ({ env }, signal) => {
      await cancelTask(list, env.DOCKET_TASK ?? '', { force: true });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return done;
    });
    const { task } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    expect((await orchestrator.run(task.key)).status).toBe('cancelled');
    const { runs } = await orchestrator.runs(task.key);
    expect(runs.map(({ status }) => status)).toEqual(['cancelled']);
  });

  test('a task that others block lets go of the orchestrator, so that it is free once unblocked', async () => {
    const list = await lists.list();
    const orchestrator = orchestrate(list, async ({ env }, signal) => {
      await blockTask(list, env.DOCKET_TASK ?? '', { reason: 'wait for the vendor', force: true });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return done;
    });
    const { subtasks } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    const key = subtasks[0]?.key ?? '';
    expect((await orchestrator.run(key)).status).toBe('stuck');
    const { task } = await showTask(list, key);
    expect(task).toMatchObject({
      status: 'blocked',
      claim: null,
      blockedReason: 'wait for the vendor',
    });
    expect((await unblockTask(list, key)).task.ready).toBe(true);
  });

  test('stopping ends the agents and frees their tasks', async () => {
    const list = await lists.list();
    const stop = new AbortController();
    const orchestrator = orchestrate(list, async (_, signal) => {
      stop.abort();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return done;
    });
    const { task } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    const outcome = await orchestrator.run(task.key, { signal: stop.signal });
    expect(outcome.status).toBe('stopped');
    expect(outcome.open.map(({ status, claim }) => [status, claim])).toEqual([['pending', null]]);
  });

  test('an agent that is not to be had is replaced by the next of its type', async () => {
    const list = await lists.list();
    const progress: Progress[] = [];
    const scope = orchestratorScope(list);
    const orchestrator = new Orchestrator({
      ...scope,
      cwd: '/',
      runner: {
        run: async ({ agent }) =>
          agent === 'Explore Agent'
            ? { kind: 'failed', reason: 'unknown_agent', message: 'no such agent' }
            : { kind: 'report', report: done, costUsd: 0.25 },
      },
    });
    const { task } = await orchestrator.plan({ plan: single('Look around', 'research') });
    const onProgress = (each: Progress) => progress.push(each);
    expect((await orchestrator.run(task.key, { onProgress })).status).toBe('completed');
    const { runs } = await orchestrator.runs(task.key);
    expect(runs.map(({ agent, costUsd }) => [agent, costUsd])).toEqual([['general-purpose', 0.25]]);
    expect(progress.map(({ kind }) => kind)).toEqual(['started', 'replaced', 'started', 'ended']);
  });
}

interface Said {
  readonly unreadable_report: unknown;
}

function keyOf({ env }: AgentRequest): string {
  return env.DOCKET_TASK ?? '';
}

function cycle(): unknown {
  const value: unknown[] = [];
  value.push(value);
  return value;
}

function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

function texts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `text ${index}`);
}

function throwLong(): never {
  throw new Error('x'.repeat(5_000_000));
}
