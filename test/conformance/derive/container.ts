import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import {
  blockTask,
  releaseTask,
  reopenTask,
  unblockTask,
} from '../../../lib/tracker/tasks/block.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { claim, create, createContainer, need, statusOf } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

export function containerSuite(lists: TestLists): void {
  test('a container is in progress from the first start, and done with its last subtask', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    expect(await statusOf(list, key)).toBe('pending');
    await claim(list, `${key}.1`);
    expect(await statusOf(list, key)).toBe('in_progress');
    await releaseTask(list, `${key}.1`);
    expect(await statusOf(list, key)).toBe('in_progress');
    await closeTask(list, `${key}.1`);
    await cancelTask(list, `${key}.2`);
    const { task } = await showTask(list, key);
    expect(task.status).toBe('completed');
    expect(task.completedAt).toEqual(expect.any(String));
    const { events } = await readLog(list, { key, limit: 10 });
    expect(events.map(({ verb }) => verb)).toEqual(['completed', 'started', 'created']);
  });

  test('one that was started before it had subtasks stays in progress, as does what holds it', async () => {
    const list = await lists.list();
    const top = await create(list, 'Top');
    const key = await create(list, 'Middle', { parent: top });
    await claim(list, key);
    await releaseTask(list, key);
    expect(await statusesOf(list, [top, key])).toEqual(['in_progress', 'pending']);
    await create(list, 'Leaf', { parent: key });
    expect(await statusesOf(list, [top, key])).toEqual(['in_progress', 'in_progress']);
    await cancelTask(list, `${key}.1`);
    await reopenTask(list, `${key}.1`);
    expect(await statusesOf(list, [top, key])).toEqual(['in_progress', 'in_progress']);
  });

  test('it is cancelled when all of it is', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    await cancelTask(list, `${key}.1`);
    expect(await statusOf(list, key)).toBe('pending');
    await cancelTask(list, `${key}.2`);
    expect((await showTask(list, key)).task).toMatchObject({
      status: 'cancelled',
      startedAt: null,
    });
  });

  test('it is blocked only when nothing below it can go on', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 3);
    await need(list, `${key}.2`, `${key}.1`);
    await blockTask(list, `${key}.1`, { reason: 'x' });
    expect(await statusOf(list, key)).toBe('pending');
    await closeTask(list, `${key}.3`);
    expect(await statusOf(list, key)).toBe('blocked');
    await unblockTask(list, `${key}.1`);
    expect(await statusOf(list, key)).toBe('in_progress');
  });

  test('an outside blocker of its last free subtask makes it blocked, and its end not', async () => {
    const list = await lists.list();
    const outside = await create(list, 'Outside');
    const key = await createContainer(list, 2);
    await blockTask(list, `${key}.1`, { reason: 'x' });
    await need(list, `${key}.2`, outside);
    expect(await statusOf(list, key)).toBe('blocked');
    await closeTask(list, outside);
    expect(await statusOf(list, key)).toBe('pending');
  });

  test('being blocked is not a start', async () => {
    const list = await lists.list();
    const top = await createContainer(list, 2);
    await create(list, 'Inner', { parent: `${top}.1` });
    await blockTask(list, `${top}.1.1`, { reason: 'x' });
    expect((await showTask(list, `${top}.1`)).task).toMatchObject({
      status: 'blocked',
      startedAt: null,
    });
    await unblockTask(list, `${top}.1.1`);
    expect(await statusOf(list, top)).toBe('pending');
  });

  test('a container all of which waits does not keep what holds it from being blocked', async () => {
    const list = await lists.list();
    const outside = await create(list, 'Outside');
    const top = await createContainer(list, 2);
    await create(list, 'Inner', { parent: `${top}.2` });
    await blockTask(list, `${top}.1`, { reason: 'x' });
    expect(await statusOf(list, top)).toBe('pending');
    await need(list, `${top}.2.1`, outside);
    expect(await statusOf(list, top)).toBe('blocked');
    await closeTask(list, outside);
    expect(await statusOf(list, top)).toBe('pending');
  });

  test('a waiting leaf that gets a subtask which does not wait unblocks what holds it', async () => {
    const list = await lists.list();
    const top = await createContainer(list, 2);
    await need(list, `${top}.2`, `${top}.1`);
    await blockTask(list, `${top}.1`, { reason: 'x' });
    expect(await statusOf(list, top)).toBe('blocked');
    await create(list, 'Third', { parent: top });
    expect(await statusOf(list, top)).toBe('pending');
  });

  test('three levels follow one leaf', async () => {
    const list = await lists.list();
    const top = await create(list, 'Top');
    await create(list, 'Middle', { parent: top });
    const leaf = await create(list, 'Leaf', { parent: `${top}.1` });
    const statuses = () => statusesOf(list, [top, `${top}.1`, leaf]);
    await claim(list, leaf);
    expect(await statuses()).toEqual(['in_progress', 'in_progress', 'in_progress']);
    await blockTask(list, leaf, { reason: 'x' });
    expect(await statuses()).toEqual(['blocked', 'blocked', 'blocked']);
    await unblockTask(list, leaf);
    await closeTask(list, leaf);
    expect(await statuses()).toEqual(['completed', 'completed', 'completed']);
    await reopenTask(list, leaf);
    expect(await statuses()).toEqual(['in_progress', 'in_progress', 'pending']);
    const { events } = await readLog(list, { key: top, limit: 1 });
    expect(events[0]?.verb).toBe('reopened');
  });

  test('a chain of containers that need each other comes free one after another', async () => {
    const list = await lists.list();
    const first = await createContainer(list, 1);
    const second = await createContainer(list, 1);
    const last = await create(list, 'Last');
    await need(list, second, first);
    await need(list, last, second);
    const answer = await closeTask(list, `${first}.1`);
    expect(answer.nowReady).toEqual([`${second}.1`]);
    expect((await closeTask(list, `${second}.1`)).nowReady).toEqual([last]);
  });

  test('cancelling a container frees a chain of containers at once', async () => {
    const list = await lists.list();
    const outer = await createContainer(list, 1);
    await create(list, 'Inner', { parent: `${outer}.1` });
    const after = await create(list, 'After', { needs: [outer] });
    const answer = await cancelTask(list, outer, { cancelOpen: true });
    expect(answer.nowReady).toEqual([after]);
  });

  test('a closed container that gets a subtask is open again, and what needs it waits', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 1);
    const after = await create(list, 'After', { needs: [key] });
    await closeTask(list, `${key}.1`);
    await createTask(list, { title: 'One more' }, { parent: key });
    expect((await showTask(list, key)).task).toMatchObject({
      status: 'in_progress',
      completedAt: null,
    });
    expect((await showTask(list, after)).task).toMatchObject({ ready: false, blockers: [key] });
  });

  test('the outcome of a container that is open again is in its history only', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 1);
    await cancelTask(list, key, { cancelOpen: true, reason: 'not wanted' });
    await reopenTask(list, `${key}.1`);
    expect((await showTask(list, key)).task).toMatchObject({ status: 'pending', outcome: null });
  });

  test('what a container does by itself is refused', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 1);
    for (const act of [releaseTask, unblockTask, reopenTask]) {
      await expect(act(list, key)).rejects.toMatchObject({ code: 'is_container' });
    }
    await closeTask(list, `${key}.1`);
    await expect(closeTask(list, key)).rejects.toMatchObject({ code: 'invalid_transition' });
    await expect(cancelTask(list, key)).rejects.toMatchObject({ code: 'invalid_transition' });
  });
}

async function statusesOf(list: Scope, keys: readonly string[]): Promise<readonly string[]> {
  const statuses: string[] = [];
  for (const key of keys) statuses.push(await statusOf(list, key));
  return statuses;
}
