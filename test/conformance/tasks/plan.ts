import { expect, test } from 'vitest';
import type { Plan } from '../../../lib/model/plan/plan.ts';
import { plan } from '../../../lib/operations/plan.ts';
import type { Db, Store } from '../../../lib/store/contract.ts';
import { orderSubtasks } from '../../../lib/tracker/agents/order-subtasks.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createPlan, extendPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { create, createContainer, isReady, need, statusOf } from '../agents/steps.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

const request: Plan = {
  title: 'Ship it',
  priority: 1,
  task_context: { user_request: 'ship it' },
  subtasks: [
    { title: 'Build' },
    { title: 'Test', needs: [1], task_type: 'testing' },
    { title: 'Deploy', needs: [1, 2, 2] },
  ],
};

export function planSuite(lists: TestLists): void {
  test('a plan makes a parent and its subtasks in order, with what needs what', async () => {
    const list = await lists.list();
    const { task, subtasks } = await createPlan(list, request);
    const { key } = task;
    expect(task).toMatchObject({ status: 'pending', ready: false, subtaskCount: 3, priority: 1 });
    expect(
      subtasks.map(({ key, title, type, priority, needs, ready }) => [
        ...[key, title, type, priority, needs, ready],
      ]),
    ).toEqual([
      [`${key}.1`, 'Build', 'implementation', 1, [], true],
      [`${key}.2`, 'Test', 'testing', 1, [`${key}.1`], false],
      [`${key}.3`, 'Deploy', 'implementation', 1, [`${key}.1`, `${key}.2`], false],
    ]);
  });

  test('a plan that is made once is answered as it is by then, and nothing is written', async () => {
    const list = await lists.list();
    const once = ['check', '2026-12'];
    const { task, subtasks, existing } = await createPlan(list, request, { once });
    expect(existing).toBe(false);
    await closeTask(list, subtasks[0]?.key ?? '', {});
    const { events } = await readLog(list, { limit: 100 });
    const other = { title: 'Another', subtasks: [{ title: 'step' }] };
    const again = await createPlan(list, other, { once });
    expect(again).toMatchObject({ existing: true, suggestedEstimates: [], parentReleased: false });
    expect([again.task.key, ...again.subtasks.map(({ status }) => status)]).toEqual([
      ...[task.key, 'completed', 'pending', 'pending'],
    ]);
    expect((await readLog(list, { limit: 100 })).events).toEqual(events);
  });

  test('a plan that is made once stays made when it is cancelled or undone', async () => {
    const list = await lists.list();
    for (const [word, end] of [
      ['cancelled', (key: string) => cancelTask(list, key, { cancelOpen: true })],
      ['undone', () => undoLast(list)],
    ] as const) {
      const { task } = await createPlan(list, request, { once: ['check', word] });
      await end(task.key);
      const again = await createPlan(list, request, { once: ['check', word] });
      expect(again).toMatchObject({ existing: true, task: { key: task.key, status: 'cancelled' } });
    }
  });

  test('words, templates and lists of one database have plans of their own', async () => {
    const [list, other] = [await lists.list(), await lists.list()];
    const made = [
      await createPlan(list, request, { once: ['check', 'a'] }),
      await createPlan(list, request, { once: ['check', 'b'] }),
      await createPlan(list, request, { once: ['checka', ''] }),
      await createPlan(other, request, { once: ['check', 'a'] }),
    ];
    expect(made.map(({ existing }) => existing)).toEqual([false, false, false, false]);
    expect(new Set(made.map(({ task }) => task.id)).size).toBe(4);
  });

  test('more subtasks go below a task that has some, and number on', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    const { subtasks } = await extendPlan(list, key, [
      { title: 'Third', needs: [2] },
      { title: 'Fourth' },
    ]);
    expect(subtasks.map((subtask) => [subtask.key, subtask.needs])).toEqual([
      [`${key}.1`, []],
      [`${key}.2`, []],
      [`${key}.3`, [`${key}.4`]],
      [`${key}.4`, []],
    ]);
  });

  test('a plan that needs itself in a circle is refused whole, with the circle', async () => {
    const list = await lists.list();
    const circle = [
      { title: 'a', needs: [2] },
      { title: 'b', needs: [3] },
      { title: 'c', needs: [1] },
    ];
    await expect(createPlan(list, { title: 'Circle', subtasks: circle })).rejects.toMatchObject({
      code: 'cycle',
      message: expect.stringMatching(/1 needs 2 needs 3 needs 1/),
    });
    expect((await readLog(list, { limit: 10 })).events).toEqual([]);
  });

  test('a plan goes in its order, groups side by side, at every level', async () => {
    const list = await lists.list();
    const { task, subtasks } = await call(list, plan, {
      title: 'Big',
      subtasks: [
        { title: 'design' },
        { title: 'build', parallel: 'a', subtasks: [{ title: 'left' }, { title: 'right' }] },
        { title: 'write', parallel: 'a' },
        { title: 'ship' },
      ],
    });
    const { key } = task;
    expect(subtasks.map(({ key, needs, ready }) => [key, needs, ready])).toEqual([
      [`${key}.1`, [], true],
      [`${key}.2`, [`${key}.1`], false],
      [`${key}.2.1`, [], false],
      [`${key}.2.2`, [`${key}.2.1`], false],
      [`${key}.3`, [`${key}.1`], false],
      [`${key}.4`, [`${key}.2`, `${key}.3`], false],
    ]);
    await closeTask(list, `${key}.1`);
    expect(await isReady(list, `${key}.2.1`)).toBe(true);
    expect(await isReady(list, `${key}.3`)).toBe(true);
    for (const step of ['.2.1', '.2.2', '.3', '.4']) await closeTask(list, `${key}${step}`);
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('more steps come after those that go in an order, and begin at once where none do', async () => {
    const list = await lists.list();
    const big = await call(list, plan, {
      title: 'Big',
      subtasks: [{ title: 'a' }, { title: 'b' }],
    });
    const more = { parent: big.task.key, subtasks: [{ title: 'c' }, { title: 'd' }] };
    const added = await call(list, plan, more);
    expect(added.subtasks.map(({ needs }) => needs)).toEqual([
      [],
      [`${big.task.key}.1`],
      [`${big.task.key}.2`],
      [`${big.task.key}.3`],
    ]);
    await closeTask(list, `${big.task.key}.1`);
    for (const step of [2, 3, 4]) await closeTask(list, `${big.task.key}.${step}`);
    const last = await call(list, plan, { ...more, subtasks: [{ title: 'e' }] });
    expect(last.subtasks.at(-1)).toMatchObject({ needs: [], ready: true });

    const loose = await createContainer(list, 2);
    const beside = await call(list, plan, { ...more, parent: loose });
    expect(beside.subtasks.map(({ needs }) => needs)).toEqual([[], [], [], [`${loose}.3`]]);
  });

  test('a plan without an order says so, and nothing orders it later', async () => {
    const list = await lists.list();
    const subtasks = [{ title: 'a' }, { title: 'b' }];
    const free = await call(list, plan, { title: 'Free', any_order: true, subtasks });
    expect(free.task.context).toEqual({ any_order: true });
    expect(free.subtasks.map(({ ready }) => ready)).toEqual([true, true]);
    expect(await orderSubtasks(list, free.task.key)).toBe(0);
    const { task } = await call(list, plan, { parent: free.task.key, subtasks });
    const { subtasks: all } = await showTask(list, task.key);
    expect(all.map(({ needs }) => needs)).toEqual([[], [], [], [`${task.key}.3`]]);

    const parent = await create(list, 'Later free');
    await call(list, plan, { parent, any_order: true, subtasks });
    expect(await orderSubtasks(list, parent)).toBe(0);
    expect((await showTask(list, parent)).task.context).toEqual({ any_order: true });
    // Subtasks that were made one by one have stated nothing.
    expect(await orderSubtasks(list, await createContainer(list, 3))).toBe(2);
  });

  test('new subtasks of a waiting task wait for what it waits for', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const later = await create(list, 'Later');
    await need(list, later, first);
    const { subtasks } = await extendPlan(list, later, [{ title: 'Part' }]);
    expect(subtasks[0]).toMatchObject({ ready: false, blockers: [first] });
    await expect(claimTask(list, `${later}.1`)).rejects.toMatchObject({ code: 'waiting' });
  });

  test('a subtask that fails takes the whole plan with it', async () => {
    const list = await lists.list();
    const subtasks = [{ title: 'fine' }, { title: 'x'.repeat(600) }];
    await expect(call(list, plan, { title: 'Plan', subtasks })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect((await readLog(list, { limit: 10 })).events).toEqual([]);
  });

  test('the statements of a plan grow with its length, and not with its square', async () => {
    const list = await lists.list();
    const count = async (size: number): Promise<number> => {
      const counted = countStatements(list.store);
      const subtasks = Array.from({ length: size }, (_, index) => ({
        title: `Step ${index + 1}`,
        needs: index === 0 ? [] : [index],
      }));
      const plan = await createPlan({ ...list, store: counted.store }, { title: 'P', subtasks });
      expect((await showTask(list, plan.task.key)).subtasks).toHaveLength(size);
      return counted.total();
    };
    const [short, long] = [await count(10), await count(40)];
    expect(long).toBeLessThan(4.5 * short);
  });
}

/** The same store, counting the statements of its writing transactions. */
function countStatements(store: Store): { store: Store; total(): number } {
  let total = 0;
  function counting<D extends Db>(db: D): D {
    return {
      ...db,
      query: (...args: Parameters<Db['query']>) => {
        total += 1;
        return db.query(...args);
      },
      run: (...args: Parameters<Db['run']>) => {
        total += 1;
        return db.run(...args);
      },
      batch: (statements) => {
        total += statements.length;
        return db.batch(statements);
      },
    };
  }
  return {
    store: { ...store, write: (work) => store.write((transaction) => work(counting(transaction))) },
    total: () => total,
  };
}
