import { expect, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { releaseTask, reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { createPlan, extendPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import type { TestLists } from '../test-lists.ts';
import { approved, done, orchestrate, seedPlan, single } from './orchestrated.ts';
import { need } from './steps.ts';

/** What a review that stands in a plan judges, and when it is done again. */
export function judgeReviewsSuite(lists: TestLists): void {
  test('a review that failed has judged nothing, and is tried no more often than others', async () => {
    const list = await lists.list();
    const orchestrator = orchestrate(list, ({ agent }) =>
      agent === 'Code Review Agent'
        ? { status: 'failed', outcome: 'no time', approval: 'rejected' }
        : done,
    );
    const { subtasks } = await orchestrator.plan({ plan: single('Fix it', 'bugfix') });
    const key = subtasks[0]?.key ?? '';
    await orchestrator.run(key);
    const { runs } = await orchestrator.runs(key);
    expect(runs.map(({ role, status, verdict }) => [role, status, verdict])).toEqual([
      ['work', 'completed', null],
      ['review', 'failed', null],
      ['review', 'failed', null],
      ['review', 'failed', null],
    ]);
  });

  test('a task that is opened again after its review approved it is done again', async () => {
    const list = await lists.list();
    const agents: string[] = [];
    const orchestrator = orchestrate(list, ({ agent }) => {
      agents.push(agent);
      return agent === 'Code Review Agent' ? approved : done;
    });
    const { subtasks } = await orchestrator.plan({ plan: single('Fix it', 'bugfix') });
    const key = subtasks[0]?.key ?? '';
    await orchestrator.run(key);
    await reopenTask(list, key);
    expect((await orchestrator.run(key)).status).toBe('completed');
    expect(agents).toEqual([
      'Coding Agent',
      'Code Review Agent',
      'Coding Agent',
      'Code Review Agent',
    ]);
  });

  test('a part of a plan that is run by itself is left to the review of the plan as well', async () => {
    const list = await lists.list();
    const agents: string[] = [];
    const orchestrator = orchestrate(list, ({ agent }) => {
      agents.push(agent);
      return done;
    });
    const { task } = await createPlan(list, {
      title: 'All',
      subtasks: [
        { title: 'Fix it', task_type: 'bugfix' },
        { title: 'Review', task_type: 'review' },
      ],
    });
    const key = `${task.key}.1`;
    await claimTask(list, key);
    await recordReport(list, key, done, { policy: makePolicy() });
    await releaseTask(list, key);
    await need(list, `${task.key}.2`, key);
    expect((await orchestrator.run(key)).status).toBe('completed');
    expect(agents).toEqual([]);
  });

  test('a review that has subtasks judges nothing, so the work gets a review of its own', async () => {
    const list = await lists.list();
    const { task } = await createPlan(list, {
      title: 'All',
      subtasks: [
        { title: 'Fix it', task_type: 'bugfix' },
        { title: 'Review', task_type: 'review', needs: [1] },
      ],
    });
    await extendPlan(list, `${task.key}.2`, [{ title: 'Part', task_type: 'review' }]);
    await claimTask(list, `${task.key}.1`);
    const { next } = await recordReport(list, `${task.key}.1`, done, { policy: makePolicy() });
    expect(next).toBe('review');
  });

  test('a review that is opened again is done again', async () => {
    const list = await lists.list();
    const agents: string[] = [];
    const orchestrator = orchestrate(list, ({ agent }) => {
      agents.push(agent);
      return approved;
    });
    const { task } = await orchestrator.plan({ plan: seedPlan() });
    await orchestrator.run(task.key);
    await reopenTask(list, `${task.key}.3`);
    agents.length = 0;
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    expect(agents).toEqual(['Code Review Agent']);
  });

  test('a review of a part of the plan that has parts opens these again when it rejects', async () => {
    const list = await lists.list();
    const verdicts = ['rejected', 'approved'];
    const titles: (string | undefined)[] = [];
    const orchestrator = orchestrate(list, ({ prompt }) => {
      const title = /^## Task\n\S+ (.*)$/m.exec(prompt)?.[1];
      titles.push(title);
      const approval = title === 'Review' ? verdicts.shift() : undefined;
      return { ...done, ...(approval && { approval, issues_found: ['no tests'] }) };
    });
    const { task } = await createPlan(list, {
      title: 'All',
      subtasks: [
        { title: 'Build', task_type: 'deployment' },
        { title: 'Review', task_type: 'review', needs: [1] },
      ],
    });
    await extendPlan(list, `${task.key}.1`, [{ title: 'Part', task_type: 'deployment' }]);
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    expect(titles).toEqual(['Part', 'Review', 'Part', 'Review']);
  });
}
