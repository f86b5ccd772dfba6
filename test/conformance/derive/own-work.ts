import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { claim, create, createContainer, isReady, statusOf } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

/** A container that was worked on before it had subtasks is more than those. */
export function ownWorkSuite(lists: TestLists): void {
  test('what was worked on goes on when its last subtask is cancelled, and the answer says so', async () => {
    const list = await lists.list();
    const key = await workedOn(list);
    const after = await create(list, 'After', { needs: [key] });
    const answer = await cancelTask(list, `${key}.1`);
    expect(answer).toMatchObject({ unfinished: [key], nowReady: [], followed: [] });
    expect((await showTask(list, key)).task).toMatchObject({
      status: 'in_progress',
      completedAt: null,
    });
    await expect(claimTask(list, key)).rejects.toMatchObject({
      code: 'is_container',
      hint: expect.stringContaining(`docket close ${key} --outcome`),
    });
    const closed = await closeTask(list, key, { outcome: 'done' });
    expect(closed.task).toMatchObject({ status: 'completed', outcome: 'done' });
    expect(closed).toMatchObject({ unfinished: [], nowReady: [after] });
    await expect(closeTask(list, key)).rejects.toMatchObject({ code: 'invalid_transition' });
  });

  test('it is cancelled when that is said of it, and stays so', async () => {
    const list = await lists.list();
    const key = await workedOn(list);
    await cancelTask(list, `${key}.1`);
    const { task } = await cancelTask(list, key, { reason: 'not wanted' });
    expect(task).toMatchObject({ status: 'cancelled', outcome: 'not wanted' });
    await expect(cancelTask(list, key)).rejects.toMatchObject({ code: 'invalid_transition' });
    await reopenTask(list, `${key}.1`);
    expect(await statusOf(list, key)).toBe('in_progress');
  });

  test('a start of its subtasks is no work of its own', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 1);
    await claim(list, `${key}.1`);
    expect(await cancelTask(list, `${key}.1`)).toMatchObject({
      unfinished: [],
      followed: [{ key, status: 'cancelled' }],
    });
  });

  test('a subtask that is done makes it done', async () => {
    const list = await lists.list();
    const key = await workedOn(list);
    expect((await closeTask(list, `${key}.1`)).unfinished).toEqual([]);
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('what holds it is open with it, and is cancelled or closed with it', async () => {
    const list = await lists.list();
    const outer = await createContainer(list, 2);
    const after = await create(list, 'After', { needs: [outer] });
    await workedOn(list, `${outer}.1`);
    await closeTask(list, `${outer}.2`);
    expect((await cancelTask(list, `${outer}.1.1`)).unfinished).toEqual([`${outer}.1`]);
    expect(await statusOf(list, outer)).toBe('in_progress');
    await expect(cancelTask(list, outer)).rejects.toMatchObject({ code: 'open_subtasks' });
    await cancelTask(list, outer, { cancelOpen: true });
    expect(await statusOf(list, `${outer}.1`)).toBe('cancelled');
    expect(await statusOf(list, outer)).toBe('completed');
    expect(await isReady(list, after)).toBe(true);
  });
}

/** Works on a task, a new one by default, and then gives it a subtask. */
async function workedOn(list: Scope, task?: string): Promise<string> {
  const key = task ?? (await create(list, 'Task'));
  await claim(list, key);
  await create(list, 'Helper', { parent: key });
  return key;
}
