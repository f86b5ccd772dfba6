import { expect, test } from 'vitest';
import type { TaskInput } from '../../../lib/model/task/input.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan, extendPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { claim } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

/** Completes a task after so many minutes of work. */
async function work(list: Scope, minutes: number, input: Partial<TaskInput> = {}) {
  const { task } = await createTask(list, { title: 'Done', ...input });
  await claim(list, task.key);
  await closeTask(list, task.key);
  const active = 'UPDATE agent_runs SET active_ms = ? WHERE task_id = ?';
  await list.store.db.run(active, [minutes * 60_000, task.id]);
}

async function estimateOf(list: Scope, input: Partial<TaskInput> = {}) {
  return (await createTask(list, { title: 'New', ...input })).suggestedEstimate;
}

export function estimateSuite(lists: TestLists): void {
  test('a new task is told what those like it took, once there are five', async () => {
    const list = await lists.list();
    for (const minutes of [10, 50, 30, 20]) await work(list, minutes);
    expect(await estimateOf(list)).toBeNull();
    await work(list, 40, { estimated_complexity: 'simple' });
    expect(await estimateOf(list)).toEqual({
      minutes: 30,
      cases: 5,
      basis: { type: 'implementation', complexity: null },
    });
    expect(await estimateOf(list, { estimated_minutes: 5 })).toBeNull();
    expect(await estimateOf(list, { task_type: 'bugfix' })).toBeNull();
    expect(await estimateOf(list, { estimated_complexity: 'simple' })).toBeNull();
    expect(await estimateOf(await lists.list('other'))).toBeNull();
  });

  test('where a complexity is given, only tasks of it count, and only those that were done', async () => {
    const list = await lists.list();
    const simple = { estimated_complexity: 'simple' } as const;
    for (const minutes of [5, 6, 7, 8, 9]) await work(list, minutes, simple);
    for (const minutes of [90, 90, 90])
      await work(list, minutes, { estimated_complexity: 'complex' });
    await cancelTask(list, (await createTask(list, { title: 'No', ...simple })).task.key);
    await closeTask(list, (await createTask(list, { title: 'At once', ...simple })).task.key);
    expect(await estimateOf(list, simple)).toMatchObject({
      minutes: 7,
      cases: 5,
      basis: { complexity: 'simple' },
    });
    expect(await estimateOf(list)).toMatchObject({ cases: 8, basis: { complexity: null } });
  });

  test('the newest cases count, not all', async () => {
    const list = await lists.list();
    for (let number = 0; number < 3; number += 1) await work(list, 1);
    await list.store.db.run(
      `UPDATE tasks SET completed_at = '2020-01-01 00:00:00.000' WHERE workspace_id = ?`,
      [list.workspaceId],
    );
    for (let number = 0; number < 50; number += 1) await work(list, 10);
    expect(await estimateOf(list)).toMatchObject({ minutes: 10, cases: 50 });
  });

  test('each new step of a plan is told, and its parent is not', async () => {
    const list = await lists.list();
    for (const minutes of [1, 2, 3, 4, 5]) await work(list, minutes, { task_type: 'testing' });
    const steps = [
      { title: 'Test', task_type: 'testing' as const },
      { title: 'Build' },
      { title: 'Estimated', task_type: 'testing' as const, estimated_minutes: 9 },
      { title: 'Test more', task_type: 'testing' as const },
    ];
    const plan = await createPlan(list, { title: 'Plan', task_type: 'testing', subtasks: steps });
    const { key } = plan.task;
    expect(plan.suggestedEstimates.map((each) => [each.key, each.minutes])).toEqual([
      [`${key}.1`, 3],
      [`${key}.4`, 3],
    ]);
    const more = await extendPlan(list, key, [{ title: 'Again', task_type: 'testing' }]);
    expect(more.suggestedEstimates.map((each) => each.key)).toEqual([`${key}.5`]);
    expect(
      (await createPlan(list, { title: 'P', subtasks: [{ title: 'B' }] })).suggestedEstimates,
    ).toEqual([]);
  });
}
