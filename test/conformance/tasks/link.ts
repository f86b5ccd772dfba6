import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { linkTasks, unlinkTasks } from '../../../lib/tracker/tasks/link.ts';
import { claim, create, createContainer, isReady, need } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

export function linkSuite(lists: TestLists): void {
  test('a task waits for what it needs, and is ready when that is done', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const second = await create(list, 'Second');
    const { task } = await linkTasks(list, { task: second, target: first, type: 'blocks' });
    expect(task).toMatchObject({ needs: [first], blockers: [first], ready: false });
    const { nowReady } = await closeTask(list, first);
    expect(nowReady).toEqual([second]);
    expect((await showTask(list, second)).task).toMatchObject({ needs: [first], blockers: [] });
  });

  test('of two blockers the first to go does not free it', async () => {
    const list = await lists.list();
    const [a, b] = [await create(list, 'A'), await create(list, 'B')];
    const key = await create(list, 'Task', { needs: [a, b] });
    expect((await closeTask(list, a)).nowReady).toEqual([]);
    expect((await closeTask(list, b)).nowReady).toEqual([key]);
  });

  test('linking twice is one link', async () => {
    const list = await lists.list();
    const [a, b] = [await create(list, 'A'), await create(list, 'B')];
    await need(list, a, b);
    await need(list, a, b);
    expect((await showTask(list, a)).task.needs).toEqual([b]);
    expect((await readLog(list, { limit: 10 })).events).toHaveLength(3);
  });

  test('unlinking frees it; a link that is not there is said', async () => {
    const list = await lists.list();
    const [a, b] = [await create(list, 'A'), await create(list, 'B')];
    await need(list, a, b);
    const answer = await unlinkTasks(list, { task: a, target: b, type: 'blocks' });
    expect(answer.task).toMatchObject({ needs: [], ready: true });
    await expect(unlinkTasks(list, { task: a, target: b, type: 'blocks' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('related and discovered_from block nothing', async () => {
    const list = await lists.list();
    const [a, b] = [await create(list, 'A'), await create(list, 'B')];
    await linkTasks(list, { task: a, target: b, type: 'related' });
    await linkTasks(list, { task: a, target: b, type: 'discovered_from' });
    await linkTasks(list, { task: b, target: a, type: 'related' });
    // What is derived is derived again with each change of the task.
    await claim(list, a);
    await releaseTask(list, a);
    const { task, relations } = await showTask(list, a);
    expect(task).toMatchObject({ ready: true, blockers: [], needs: [] });
    expect(relations.map(({ type, key }) => [type, key]).sort()).toEqual([
      ['discovered_from', b],
      ['related', b],
    ]);
    await expect(linkTasks(list, { task: a, target: a, type: 'related' })).rejects.toMatchObject({
      code: 'cycle',
    });
  });

  test('a cycle is refused with its path', async () => {
    const list = await lists.list();
    const [a, b, c] = [await create(list, 'A'), await create(list, 'B'), await create(list, 'C')];
    await need(list, b, a);
    await need(list, c, b);
    await expect(need(list, a, c)).rejects.toMatchObject({
      code: 'cycle',
      message: expect.stringContaining(`${a} needs ${c} needs ${b} needs ${a}`),
    });
    await expect(need(list, a, a)).rejects.toMatchObject({ code: 'cycle' });
    expect(await isReady(list, a)).toBe(true);
  });

  test('a task cannot need its own container, and a container not what is in it', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    await expect(need(list, `${key}.1`, key)).rejects.toMatchObject({ code: 'cycle' });
    await expect(need(list, key, `${key}.1`)).rejects.toMatchObject({ code: 'cycle' });
    await need(list, `${key}.1`, `${key}.2`);
  });

  test('a cycle through containers is one, too', async () => {
    const list = await lists.list();
    const [left, right] = [await createContainer(list, 2), await createContainer(list, 2)];
    await need(list, `${left}.1`, right);
    await expect(need(list, `${right}.2`, `${left}.1`)).rejects.toMatchObject({ code: 'cycle' });
    await expect(need(list, `${right}.2`, left)).rejects.toMatchObject({ code: 'cycle' });
    await expect(need(list, right, `${left}.1`)).rejects.toMatchObject({ code: 'cycle' });
    await need(list, `${right}.2`, `${left}.2`);
  });

  test('a new subtask that needs what waits for its container is refused', async () => {
    const list = await lists.list();
    const container = await createContainer(list, 1);
    const after = await create(list, 'After', { needs: [container] });
    await expect(
      createTask(list, { title: 'Late' }, { parent: container, needs: [after] }),
    ).rejects.toMatchObject({ code: 'cycle' });
    expect((await showTask(list, container)).subtasks).toHaveLength(1);
  });

  test('what needs a container is freed when its last subtask is closed', async () => {
    const list = await lists.list();
    const container = await createContainer(list, 2);
    const after = await create(list, 'After', { needs: [container] });
    expect((await closeTask(list, `${container}.1`)).nowReady).toEqual([]);
    expect((await closeTask(list, `${container}.2`)).nowReady).toEqual([after]);
  });

  test('what a container needs holds back everything below it, and frees it at once', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const container = await createContainer(list, 2);
    const nested = await create(list, 'Nested', { parent: `${container}.2` });
    await need(list, container, first);
    for (const key of [`${container}.1`, nested]) {
      expect((await showTask(list, key)).task).toMatchObject({ ready: false, blockers: [first] });
    }
    const { nowReady } = await closeTask(list, first);
    expect([...nowReady].sort()).toEqual([`${container}.1`, nested]);
  });

  test('a dozen links of one task are kept in the order they were made', async () => {
    const list = await lists.list();
    const targets: string[] = [];
    for (let count = 0; count < 12; count += 1) targets.push(await create(list, `T${count}`));
    const needs = [...targets.slice(6).reverse(), ...targets.slice(0, 6)];
    const key = await create(list, 'Task', { needs });
    expect((await showTask(list, key)).task.needs).toEqual(needs);
  });
}
