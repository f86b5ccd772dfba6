import { expect, test } from 'vitest';
import { limits } from '../../../lib/model/limits.ts';
import { block } from '../../../lib/operations/block.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { blockTask, releaseTask, unblockTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { create, createContainer, statusOf } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

export function blockSuite(lists: TestLists): void {
  test('a blocked task has its reason, keeps its claim, and goes back to its holder', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    const blocked = await blockTask(list, key, { reason: 'the vendor’s key' });
    expect(blocked.task).toMatchObject({
      status: 'blocked',
      blockedReason: 'the vendor’s key',
      claim: { session: 'alice-session' },
    });
    const { task } = await unblockTask(list, key);
    expect(task).toMatchObject({ status: 'in_progress', blockedReason: null });
    expect(task.claim?.since).toBe(blocked.task.claim?.since);
  });

  test('one that nobody holds goes back to the list, or waits', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const key = await create(list, 'Task', { needs: [first] });
    await blockTask(list, key, { reason: 'x' });
    expect((await unblockTask(list, key)).task).toMatchObject({ status: 'pending', ready: false });
    await blockTask(list, key, { reason: 'x' });
    await closeTask(list, first);
    const answer = await unblockTask(list, key);
    expect(answer.task).toMatchObject({ status: 'pending', ready: true });
  });

  test('a claim that is given back leaves when it was first started', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { task } = await claimTask(list, key);
    const released = await releaseTask(list, key);
    expect(released.task).toMatchObject({ status: 'pending', claim: null, ready: true });
    expect(released.task.startedAt).toBe(task.startedAt);
    const again = await claimTask(as(list, 'bob'), key);
    expect(again.task.startedAt).toBe(task.startedAt);
  });

  test('what makes no sense is refused', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await expect(releaseTask(list, key)).rejects.toMatchObject({ code: 'not_claimed' });
    await expect(unblockTask(list, key)).rejects.toMatchObject({ code: 'invalid_transition' });
    await blockTask(list, key, { reason: 'x' });
    await expect(blockTask(list, key, { reason: 'y' })).rejects.toMatchObject({
      code: 'invalid_transition',
    });
    const container = await createContainer(list, 1);
    await expect(blockTask(list, container, { reason: 'x' })).rejects.toMatchObject({
      code: 'is_container',
    });
  });

  test('a blocked task that is claimed is not released, only unblocked', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await blockTask(list, key, { reason: 'x' });
    await expect(releaseTask(list, key)).rejects.toMatchObject({
      code: 'invalid_transition',
      hint: `docket unblock ${key}`,
    });
  });

  test('a reason that is empty, too long or has a NUL is refused', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    for (const reason of ['', '  ', 'x'.repeat(limits.reason + 1), 'nul\0']) {
      await expect(call(list, block, { task: key, reason })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    const reason = '🦀'.repeat(limits.reason);
    expect((await blockTask(list, key, { reason })).task.blockedReason).toBe(reason);
  });

  test('a status is set by the verbs that lead there, all of them or none', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const options = { reason: undefined, outcome: undefined, billableMinutes: undefined };
    await blockTask(list, key, { reason: 'x' });
    await updateTask(list, key, { patch: {}, status: { ...options, status: 'in_progress' } });
    expect(await statusOf(list, key)).toBe('in_progress');
    await blockTask(list, key, { reason: 'x' });
    const { task } = await updateTask(list, key, {
      patch: {},
      status: { ...options, status: 'pending' },
    });
    expect(task).toMatchObject({ status: 'pending', claim: null, ready: true });
    await updateTask(list, key, {
      patch: {},
      status: { ...options, status: 'completed', outcome: 'ok' },
    });
    await updateTask(list, key, { patch: {}, status: { ...options, status: 'pending' } });
    const first = await create(list, 'First');
    const waiting = await create(list, 'Waiting', { needs: [first] });
    await blockTask(list, waiting, { reason: 'x' });
    const before = (await readLog(list, { limit: 100 })).events.length;
    await expect(
      updateTask(list, waiting, { patch: {}, status: { ...options, status: 'in_progress' } }),
    ).rejects.toMatchObject({ code: 'waiting' });
    expect((await showTask(list, waiting)).task.status).toBe('blocked');
    expect((await readLog(list, { limit: 100 })).events).toHaveLength(before);
  });
}
