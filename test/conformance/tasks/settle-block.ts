import { expect, test } from 'vitest';
import { limits } from '../../../lib/model/limits.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { pastBlocksOf } from '../../../lib/model/task/past-blocks.ts';
import { unblock } from '../../../lib/operations/unblock.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { addInsight, listAllInsights } from '../../../lib/tracker/insights/verbs.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask, unblockTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { create } from '../agents/steps.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';
import { updateFields } from './update-fields.ts';

const policy = makePolicy();

async function contextOf(list: Scope, key: string) {
  return (await showTask(list, key)).task.context;
}

/** What is known of the client. */
async function knownOf(list: Scope): Promise<readonly string[]> {
  const { insights } = await listAllInsights(list, { limit: 100 });
  return insights.map(({ text }) => text).sort();
}

/** A task for a client, whose agent met two blockers. */
async function reportBlocked(list: Scope): Promise<string> {
  await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
  const { task } = await createTask(list, { title: 'Deploy', client: 'Acme' });
  await claimTask(list, task.key);
  const report = { status: 'blocked', blockers: ['No root password', 'Closed; on Sundays'] };
  await recordReport(list, task.key, { ...report, insights: ['Runs Samba 4'] }, { policy });
  return task.key;
}

export function settleBlockSuite(lists: TestLists): void {
  test('the reason of a block is a blocker that was met, until an undo takes it back', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await updateFields(list, key, { task_context: { blockers_encountered: [], impact: 'big' } });
    await blockTask(list, key, { reason: 'no key' });
    const { task } = await showTask(list, key);
    expect(task.context).toEqual({ blockers_encountered: ['no key'], impact: 'big' });
    await undoLast(list);
    expect(await contextOf(list, key)).toEqual({ blockers_encountered: [], impact: 'big' });
    expect((await undoLast(list)).undone.verb).toBe('updated');
    expect(await contextOf(list, key)).toEqual({});
    await blockTask(list, key, { reason: 'no key' });
    await undoLast(list);
    expect(await contextOf(list, key)).toEqual({});
  });

  test('what ends a block is kept with its reason, also when nobody says how', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await blockTask(list, key, { reason: 'no key' });
    const { task } = await unblockTask(list, key, { resolution: 'it is in the vault' });
    const first = { blocker: 'no key', resolution: 'it is in the vault' };
    expect(pastBlocksOf(task.context)).toEqual([first]);
    const [event] = (await readLog(list, { key, limit: 1 })).events;
    expect(event).toMatchObject({ verb: 'unblocked', new: { resolution: 'it is in the vault' } });
    await blockTask(list, key, { reason: 'no key' });
    expect((await contextOf(list, key)).blockers_encountered).toEqual([first, 'no key']);
    await unblockTask(list, key);
    const both = [first, { blocker: 'no key', resolution: null }];
    expect((await contextOf(list, key)).blockers_encountered).toEqual(both);
    await undoLast(list);
    expect((await showTask(list, key)).task).toMatchObject({
      status: 'blocked',
      blockedReason: 'no key',
      context: { blockers_encountered: [first, 'no key'] },
    });
  });

  test('blockers of a report are settled together, and their insights end', async () => {
    const list = await lists.list();
    const key = await reportBlocked(list);
    const blockers = ['No root password', 'Closed; on Sundays'];
    expect(await contextOf(list, key)).toMatchObject({ blockers_encountered: blockers });
    await addInsight(list, 'Pays late', { about: 'client', name: 'Acme' });
    expect(await knownOf(list)).toEqual([...blockers, 'Pays late', 'Runs Samba 4'].sort());
    await unblockTask(list, key, { resolution: 'they opened it' });
    expect(await knownOf(list)).toEqual(['Pays late', 'Runs Samba 4']);
    expect(pastBlocksOf(await contextOf(list, key))).toEqual([
      { blocker: 'No root password; Closed; on Sundays', resolution: 'they opened it' },
    ]);
    await undoLast(list);
    expect(await knownOf(list)).toEqual([...blockers, 'Pays late', 'Runs Samba 4'].sort());
    expect(await contextOf(list, key)).toMatchObject({ blockers_encountered: blockers });
  });

  test('blockers whose joined reason was cut are settled together, and whole', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await updateFields(list, key, { task_context: { blockers_encountered: ['met; before'] } });
    await claimTask(list, key);
    const blockers = ['first', 'x; '.repeat(limits.reason / 4).trim(), 'y'.repeat(limits.reason)];
    const all = [...blockers, 'behind the cut'];
    await recordReport(list, key, { status: 'blocked', blockers: all }, { policy });
    const { task } = await showTask(list, key);
    expect(task.blockedReason).toHaveLength(limits.reason);
    await unblockTask(list, key, { resolution: 'all came' });
    expect((await contextOf(list, key)).blockers_encountered).toEqual([
      'met; before',
      { blocker: all.join('; '), resolution: 'all came' },
    ]);
  });

  test('whatever ends a block ends what is known of it', async () => {
    for (const end of [closeTask, cancelTask]) {
      const list = await lists.list();
      const key = await reportBlocked(list);
      await end(list, key);
      expect(await knownOf(list)).toEqual(['Runs Samba 4']);
      await undoLast(list);
      expect(await knownOf(list)).toHaveLength(3);
    }
  });

  test('a context that is full keeps no task from being blocked and going on', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const full = { impact: 'x'.repeat(limits.context - 20) };
    await updateFields(list, key, { task_context: full });
    await blockTask(list, key, { reason: 'no key' });
    expect((await unblockTask(list, key)).task).toMatchObject({ status: 'pending', context: full });
  });

  test('a resolution that is empty, too long or has a NUL is refused', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await blockTask(list, key, { reason: 'x' });
    for (const resolution of ['', '  ', 'x'.repeat(limits.reason + 1), 'nul\0']) {
      await expect(call(list, unblock, { task: key, resolution })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
  });
}
