import { expect, test } from 'vitest';
import type { Plan } from '../../../lib/model/plan/plan.ts';
import { orderSubtasks } from '../../../lib/tracker/agents/order-subtasks.ts';
import { serialStore } from '../../../lib/tracker/database/serial-store.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { createPlan, extendPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import type { TestLists } from '../test-lists.ts';
import { done, orchestrate, single } from './orchestrated.ts';
import { need } from './steps.ts';

/** In which order the orchestrator does the tasks of plans in plans. */
export function orchestrateOrderSuite(lists: TestLists): void {
  test('independent tasks run at the same time, up to the limit, and others wait for what they need', async () => {
    const list = await lists.list();
    let atWork = 0;
    let most = 0;
    const two = Promise.withResolvers<void>();
    const orchestrator = orchestrate(
      list,
      async () => {
        atWork += 1;
        most = Math.max(most, atWork);
        if (atWork === 2) two.resolve();
        // The first one works until another does, however long a busy machine takes to start it.
        await two.promise;
        await new Promise((resolve) => setTimeout(resolve, 30));
        atWork -= 1;
        return done;
      },
      { parallel: 2 },
    );
    const subtasks = ['a', 'b', 'c', 'd'].map((title) => ({
      title,
      task_type: 'research' as const,
    }));
    const last = { title: 'e', task_type: 'research' as const, needs: [1, 2, 3, 4] };
    const { task } = await orchestrator.plan({
      plan: { title: 'All', subtasks: [...subtasks, last] },
    });
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    expect(most).toBe(2);
    const { runs } = await orchestrator.runs(task.key);
    expect(runs.at(-1)?.task).toBe(`${task.key}.5`);
  });
  test('two plans of one orchestrator at the same time keep its session until both are done', async () => {
    const scope = await lists.list();
    const list = { ...scope, store: serialStore(scope.store) };
    const stale: unknown[] = [];
    const first = Promise.withResolvers<void>();
    const orchestrator = orchestrate(list, async ({ env, prompt }) => {
      if (prompt.includes('Second')) await first.promise;
      const { task } = await showTask(list, env.DOCKET_TASK ?? '');
      stale.push(task.claim?.stale);
      return done;
    });
    const plans = ['First', 'Second'].map((title) => single(title, 'deployment'));
    const [one, other] = [
      await orchestrator.plan({ plan: plans[0] as Plan }),
      await orchestrator.plan({ plan: plans[1] as Plan }),
    ];
    const second = orchestrator.run(other.task.key);
    await orchestrator.run(one.task.key);
    first.resolve();
    expect((await second).status).toBe('completed');
    expect(stale).toEqual([false, false]);
  });
  test('a plan of plans that state no order runs in the order in which it stands', async () => {
    const list = await lists.list();
    const atWork = { now: 0, most: 0 };
    const titles: (string | undefined)[] = [];
    const orchestrator = orchestrate(list, async ({ prompt }) => {
      atWork.now += 1;
      atWork.most = Math.max(atWork.most, atWork.now);
      titles.push(/^## Task\n\S+ (.*)$/m.exec(prompt)?.[1]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atWork.now -= 1;
      return done;
    });
    const type = { task_type: 'documentation' } as const;
    const { task } = await createPlan(list, {
      title: 'Docs',
      subtasks: [{ title: 'Guide' }, { title: 'Index', ...type }],
    });
    const parts = ['First', 'Second', 'Third'].map((title) => ({ title, ...type }));
    await extendPlan(list, `${task.key}.1`, parts);
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    expect(titles).toEqual(['First', 'Second', 'Third', 'Index']);
    expect(atWork.most).toBe(1);
  });

  test('subtasks of an only subtask are done in their order as well', async () => {
    const list = await lists.list();
    const { task } = await createPlan(list, { title: 'All', subtasks: [{ title: 'Whole' }] });
    await extendPlan(list, `${task.key}.1`, [{ title: 'Only' }]);
    const only = `${task.key}.1.1`;
    await extendPlan(list, only, [{ title: 'First' }, { title: 'Second' }]);
    expect(await orderSubtasks(list, task.key)).toBe(1);
    expect((await showTask(list, `${only}.2`)).task.needs).toEqual([`${only}.1`]);
  });

  test('a plan of plans, a part of which needs the next one, runs as far as it has an order', async () => {
    const list = await lists.list();
    const titles: (string | undefined)[] = [];
    const orchestrator = orchestrate(list, ({ prompt }) => {
      titles.push(/^## Task\n\S+ (.*)$/m.exec(prompt)?.[1]);
      return done;
    });
    const parts = ['A', 'B'].map((title) => ({ title, task_type: 'deployment' as const }));
    const { task } = await createPlan(list, { title: 'All', subtasks: parts });
    const inner = ['A1', 'A2'].map((title) => ({ title, task_type: 'deployment' as const }));
    await extendPlan(list, `${task.key}.1`, inner);
    await need(list, `${task.key}.1.1`, `${task.key}.2`);
    expect((await orchestrator.run(task.key)).status).toBe('completed');
    expect(titles.indexOf('B')).toBeLessThan(titles.indexOf('A1'));
  });
}
