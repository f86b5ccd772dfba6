import { expect, test } from 'vitest';
import type { Progress } from '../../../lib/model/answers/progress.ts';
import type { Hindrance } from '../../../lib/model/run/hindrance.ts';
import type { AgentResult, AgentRunner } from '../../../lib/orchestrator/agents/agent-runner.ts';
import { Orchestrator } from '../../../lib/orchestrator/orchestrator.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import type { TestLists } from '../test-lists.ts';
import { done, single } from './orchestrated.ts';
import { orchestratorScope } from './orchestrator-scope.ts';

export function hinderedSuite(lists: TestLists): void {
  test.each<Hindrance>([
    { cause: 'access', message: 'Not logged in', resetsAt: null },
    { cause: 'limit', message: 'weekly limit', resetsAt: inHours(72) },
  ])(
    'a plan ends with what waiting does not help against, and its steps stay open: $cause',
    async (hindrance) => {
      const list = await lists.list();
      let starts = 0;
      const orchestrator = orchestrateWith(list, async () => {
        starts += 1;
        return { kind: 'hindered', hindrance, costUsd: 0.25 };
      });
      const { task, subtasks } = await orchestrator.plan({ plan: three });
      const outcome = await orchestrator.run(task.key);
      expect(outcome).toMatchObject({ status: 'hindered', hindrance });
      expect(outcome.open.map(({ status, claim }) => [status, claim])).toEqual([
        ['pending', null],
        ['pending', null],
        ['pending', null],
      ]);
      // The one that was begun, as the plan goes in its order.
      expect(starts).toBe(1);
      const { runs } = await orchestrator.runs(subtasks[0]?.key ?? '');
      expect(runs).toMatchObject([{ status: 'released', error: hindrance.message, costUsd: 0.25 }]);
    },
  );

  test('a plan that nobody could begin is as it was, and one that was begun goes on', async () => {
    const list = await lists.list();
    const hindrance: Hindrance = { cause: 'access', message: 'Not logged in', resetsAt: null };
    const orchestrator = orchestrateWith(list, async () => ({
      ...{ kind: 'hindered', hindrance, costUsd: 0 },
    }));
    const { task, subtasks } = await orchestrator.plan({
      plan: { title: 'Whole', subtasks: [{ title: 'Part', subtasks: [{ title: 'Step' }] }] },
    });
    const step = `${subtasks[0]?.key}.1`;
    const shown = async (key: string) => {
      const { status, startedAt } = (await showTask(list, key)).task;
      return [status, startedAt];
    };
    // Again and again, as each run is another attempt.
    for (let time = 0; time < 2; time += 1) {
      const outcome = await orchestrator.run(task.key);
      expect(outcome).toMatchObject({ status: 'hindered', task: { status: 'pending' } });
      for (const key of [task.key, `${subtasks[0]?.key}`, step]) {
        expect(await shown(key)).toEqual(['pending', null]);
      }
    }
    const { runs } = await orchestrator.runs(step);
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2]);

    await claimTask(list, step);
    await releaseTask(list, step);
    await orchestrator.run(task.key);
    expect((await shown(task.key))[0]).toBe('in_progress');
    expect((await shown(step))[1]).not.toBeNull();
  });

  test('being hindered is no failed attempt', async () => {
    const list = await lists.list();
    const access: Hindrance = { cause: 'access', message: 'Not logged in', resetsAt: null };
    const answers: AgentResult[] = [];
    const orchestrator = orchestrateWith(list, async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return answers.shift() ?? { kind: 'failed', reason: 'crashed', message: 'it broke' };
    });
    const { subtasks } = await orchestrator.plan({ plan: single('Deploy', 'deployment') });
    const key = subtasks[0]?.key ?? '';
    for (let time = 0; time < 5; time += 1) {
      answers.push({ kind: 'hindered', hindrance: access, costUsd: 0 });
      expect((await orchestrator.run(key)).status).toBe('hindered');
    }
    expect((await orchestrator.run(key)).status).toBe('stuck');
    expect((await showTask(list, key)).task.blockedReason).toContain('failed in 3 attempts');
    const { runs } = await orchestrator.runs(key);
    expect(runs.filter(({ status }) => status === 'failed')).toHaveLength(3);
    // Nor is it time that anybody pays for.
    const idle = runs.filter(({ status }) => status === 'released');
    expect(idle.map(({ activeMs }) => activeMs)).toEqual([0, 0, 0, 0, 0]);
    expect(runs.at(-1)?.activeMs).toBeGreaterThan(0);
  });

  test('a crash that step after step meets at once holds the run', async () => {
    const list = await lists.list();
    const stop = new AbortController();
    const waits: Progress[] = [];
    const orchestrator = orchestrateWith(list, async () => ({
      ...{ kind: 'failed', reason: 'crashed', message: 'cannot read the settings' },
    }));
    const { task } = await orchestrator.plan({ plan: { ...three, any_order: true } });
    const outcome = await orchestrator.run(task.key, {
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.kind !== 'waiting') return;
        waits.push(progress);
        stop.abort();
      },
    });
    expect(waits).toMatchObject([{ hindrance: { cause: 'crashes' } }]);
    expect(outcome).toMatchObject({ status: 'stopped', hindrance: { cause: 'crashes' } });
    expect(outcome.open.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  });

  test('who stops a run that waits for a limit to end leaves its steps open', async () => {
    const list = await lists.list();
    const stop = new AbortController();
    const told: Progress[] = [];
    const hindrance: Hindrance = { cause: 'limit', message: 'hit it', resetsAt: inHours(1) };
    const orchestrator = orchestrateWith(list, async () => ({ kind: 'hindered', hindrance }));
    const { task } = await orchestrator.plan({ plan: { ...three, any_order: true } });
    const outcome = await orchestrator.run(task.key, {
      signal: stop.signal,
      onProgress: (progress) => {
        told.push(progress);
        if (told.filter(({ kind }) => kind === 'dropped').length === 3) stop.abort();
      },
    });
    expect(outcome).toMatchObject({ status: 'stopped', hindrance });
    expect(outcome.open.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    const waits = told.filter((each) => each.kind === 'waiting');
    expect(waits).toEqual([
      { kind: 'waiting', key: task.key, hindrance, until: expect.any(String) },
    ]);
    expect(Date.parse(waits[0]?.until ?? '')).toBeGreaterThanOrEqual(
      Date.parse(hindrance.resetsAt ?? ''),
    );
  });

  test('agents at work go on when another is hindered, and nothing more is begun', async () => {
    const list = await lists.list();
    const hindrance: Hindrance = { cause: 'access', message: 'Not logged in', resetsAt: null };
    const started: string[] = [];
    const orchestrator = orchestrateWith(list, async ({ prompt }) => {
      started.push(prompt);
      if (started.length === 1) return { kind: 'hindered', hindrance };
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { kind: 'report', report: done };
    });
    const { task } = await orchestrator.plan({
      plan: {
        ...three,
        any_order: true,
        subtasks: [...three.subtasks, { title: 'd', task_type: 'deployment' }],
      },
    });
    const outcome = await orchestrator.run(task.key);
    expect(outcome.status).toBe('hindered');
    expect(started).toHaveLength(3);
    expect(outcome.open).toHaveLength(2);
  });

  test('a plan whose agents are missing is not begun, and says which', async () => {
    const list = await lists.list();
    const orchestrator = orchestrateWith(list, async () => ({ kind: 'report', report: done }), {
      findUnknown: async (agents) => agents.filter((agent) => agent.endsWith(' Agent')),
    });
    const { task, subtasks } = await orchestrator.plan({ plan: single('Mend it', 'bugfix') });
    await expect(orchestrator.run(task.key)).rejects.toMatchObject({
      code: 'agent_failed',
      message: 'Claude Code has no agent for this here: Coding Agent, Code Review Agent',
      hint: 'docket init --agents installs Coding Agent and Code Review Agent',
    });
    expect((await orchestrator.runs(subtasks[0]?.key ?? '')).runs).toEqual([]);
    // An explorer of its own name is missing too, and the general agent takes its place.
    const research = await orchestrator.plan({ plan: single('Look', 'research') });
    expect((await orchestrator.run(research.task.key)).status).toBe('completed');
  });

  test('an agent that has gone meanwhile ends the run and blocks nothing', async () => {
    const list = await lists.list();
    const orchestrator = orchestrateWith(list, async () => ({
      kind: 'failed',
      reason: 'unknown_agent',
      message: 'no such agent',
    }));
    const { task } = await orchestrator.plan({ plan: single('Mend it', 'bugfix') });
    expect(await orchestrator.run(task.key)).toMatchObject({
      status: 'hindered',
      hindrance: { cause: 'agents', message: expect.stringContaining('docket init --agents') },
      open: [{ status: 'pending' }],
    });
  });
}

const three = {
  title: 'All',
  subtasks: ['a', 'b', 'c'].map((title) => ({ title, task_type: 'deployment' as const })),
};

function orchestrateWith(
  list: Scope,
  run: AgentRunner['run'],
  more: Pick<AgentRunner, 'findUnknown'> = {},
): Orchestrator {
  return new Orchestrator({ ...orchestratorScope(list), runner: { run, ...more }, cwd: '/' });
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}
