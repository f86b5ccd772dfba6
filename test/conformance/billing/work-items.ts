import { expect, test } from 'vitest';
import { limits } from '../../../lib/model/limits.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { listWork, showWorkItem } from '../../../lib/tracker/billing/work-items.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { applyClose, cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan, extendPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { writeWorkspace } from '../../../lib/tracker/transaction/write-workspace.ts';
import { findTaskForWrite } from '../../../lib/tracker/view/find.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';
import { mspList, work } from './msp-list.ts';

/**
 * What completing a client's task bills. After each test nothing else may be billed (the invariants
 * say so).
 */
export function workItemsSuite(lists: TestLists): void {
  test('a completed task becomes a work item, with what the task says', async () => {
    const list = await mspList(lists);
    const { task } = await createTask(list, {
      title: 'Fix WINS service on the NAS',
      task_type: 'bugfix',
      infrastructure: ['D2 Test NAS'],
      billable_minutes: 45,
      task_context: {
        problem: 'WINS service not responding',
        technologies: ['Samba', 'nmbd'],
        environment: { os: 'DOS', runtime: 'Samba', other: 1 },
      },
    });
    const { workItems } = await closeTask(list, task.key, {
      outcome: 'Fixed smb.conf.overrides, restarted nmbd',
    });
    expect(workItems).toEqual([
      {
        id: expect.any(String),
        task: task.key,
        client: 'acme',
        project: null,
        category: 'troubleshooting',
        problem: 'WINS service not responding',
        solution: 'Fixed smb.conf.overrides, restarted nmbd',
        billableMinutes: 45,
        minutesFrom: [{ from: 'said', by: 'alice@one#-session', ms: 45 * 60_000, billed: true }],
        affectedSystems: ['D2 Test NAS'],
        technologies: ['Samba', 'nmbd', 'DOS'],
        session: 'alice-session',
        completedAt: expect.stringMatching(/Z$/),
        archivedAt: null,
        invoicedMinutes: null,
        createdAt: expect.stringMatching(/Z$/),
        createdBy: 'alice@one',
        updatedAt: expect.stringMatching(/Z$/),
        timeZone: null,
      },
    ]);
    const { task: closed, workItem } = await showTask(list, task.key);
    expect(workItem).toEqual(workItems[0]);
    expect(workItem?.completedAt).toBe(closed.completedAt);
    const { events } = await readLog(list, { key: task.key, limit: 2 });
    expect(events).toMatchObject([
      { verb: 'billed', new: { minutes: 45, category: 'troubleshooting' } },
      { verb: 'completed' },
    ]);
  });

  test('whatever completes a task bills it', async () => {
    const list = await mspList(lists, { minutes: 'proposed' });
    const byStatus = await createTask(list, { title: 'By status' });
    const byReport = await createTask(list, { title: 'By report', task_type: 'research' });
    const byLast = await createPlan(list, { title: 'By its last', subtasks: [{ title: 'Only' }] });
    const options = { reason: undefined, outcome: 'Done', billableMinutes: 5 };
    await updateTask(list, byStatus.task.key, {
      patch: {},
      status: { status: 'completed', ...options },
    });
    await claimTask(list, byReport.task.key);
    const report = { status: 'completed', outcome: 'Found', billable_minutes: 7 };
    const answer = await recordReport(list, byReport.task.key, report, { policy: makePolicy() });
    expect(answer.workItems).toMatchObject([{ task: byReport.task.key, billableMinutes: 7 }]);
    const closed = await closeTask(list, `${byLast.task.key}.1`, { billableMinutes: 9 });
    expect(closed.workItems).toMatchObject([{ task: byLast.task.key, billableMinutes: 9 }]);
    const { workItems, total } = await listWork(list, { limit: 10 });
    expect(total).toBe(3);
    expect(workItems.map((item) => [item.task, item.billableMinutes])).toEqual([
      [byLast.task.key, 9],
      [byReport.task.key, 7],
      [byStatus.task.key, 5],
    ]);
  });

  test('a tree is billed once: the sum of what was given and what was worked', async () => {
    const list = await mspList(lists);
    const { task } = await createPlan(list, {
      title: 'Set up monitoring',
      subtasks: [
        { title: 'Research', task_type: 'research' },
        { title: 'Script', infrastructure: ['D2 Test NAS'], task_context: { technologies: 'sh' } },
        { title: 'Own time', billable: false },
        { title: 'Given up' },
      ],
    });
    const [research, script, own, last] = [1, 2, 3, 4].map((number) => `${task.key}.${number}`);
    await work(list, research ?? '', 12);
    await closeTask(list, research ?? '', { outcome: 'Syncs each 15 min' });
    await work(list, script ?? '', 100);
    await closeTask(list, script ?? '', { outcome: 'monitor-nas-sync.ps1', billableMinutes: 20 });
    await work(list, own ?? '', 500);
    await closeTask(list, own ?? '');
    expect((await showTask(list, task.key)).suggestedMinutes).toBe(32);
    await cancelTask(list, last ?? '', { reason: 'not needed' });
    const item = await showWorkItem(list, task.key);
    expect(item).toMatchObject({
      billableMinutes: 32,
      category: 'development',
      problem: 'Set up monitoring',
      solution: 'Syncs each 15 min\nmonitor-nas-sync.ps1',
      affectedSystems: ['D2 Test NAS'],
      technologies: ['sh'],
    });
    await expect(showWorkItem(list, research ?? '')).rejects.toMatchObject({ code: 'not_found' });
    await updateFields(list, research ?? '', { billable_minutes: 0 });
    expect((await showWorkItem(list, task.key)).billableMinutes).toBe(20);
    await updateFields(list, task.key, { billable_minutes: 50, outcome: 'Monitoring runs' });
    expect(await showWorkItem(list, task.key)).toMatchObject({
      billableMinutes: 50,
      solution: 'Monitoring runs',
    });
  });

  test('minutes that agents make up are no more than a column holds, and keep no plan from its end', async () => {
    const list = await mspList(lists, { minutes: 'proposed' });
    const most = limits.minutes;
    const report = { outcome: 'done', billable_minutes: most };
    const policy = makePolicy();
    const titles = Array.from({ length: 200 }, (_, index) => `Part ${index + 1}`);
    const subtasks = titles.map((title) => ({
      title,
      task_type: 'testing' as const,
      billable_minutes: most,
    }));
    const { task } = await createPlan(list, { title: 'Whole', subtasks });
    await extendPlan(list, task.key, subtasks.slice(0, 20));
    await writeWorkspace(list, { keys: [task.key] }, async (write) => {
      for (let part = 2; part <= 220; part += 1) {
        await applyClose(write, await findTaskForWrite(write, `${task.key}.${part}`), {});
      }
    });
    const key = `${task.key}.1`;
    for (const status of ['failed', 'completed']) {
      await claimTask(list, key);
      await recordReport(list, key, { ...report, status }, { policy });
    }
    expect((await showTask(list, key)).minutesFrom).toContainEqual({
      from: 'proposed',
      by: null,
      ms: 2 * most * 60_000,
      billed: false,
    });
    expect((await showWorkItem(list, task.key)).billableMinutes).toBe(limits.billedMinutes);
  });

  test('minutes are suggested from the work, and said when a task is closed', async () => {
    const list = await mspList(lists);
    const { task } = await createTask(list, { title: 'Timed' });
    await work(list, task.key, 23);
    expect((await showTask(list, task.key)).suggestedMinutes).toBe(23);
    const closed = await closeTask(list, task.key);
    expect(closed.suggestedMinutes).toBe(23);
    expect(closed.workItems[0]?.billableMinutes).toBe(23);
    const changed = await updateFields(list, task.key, { billable_minutes: 15 });
    expect(changed.suggestedMinutes).toBeNull();
    expect(changed.workItems[0]?.billableMinutes).toBe(15);
    const idle = await createTask(list, { title: 'Idle' });
    await work(list, idle.task.key, 60);
    await lists
      .store()
      .db.run('UPDATE agent_runs SET started_at = ? WHERE task_id = ?', [
        new Date(Date.now() - 125 * 60_000).toISOString().replace('T', ' ').replace('Z', ''),
        idle.task.id,
      ]);
    for (const { suggestedMinutes, heldMinutes } of [
      await showTask(list, idle.task.key),
      await closeTask(list, idle.task.key),
    ]) {
      expect(suggestedMinutes).toBe(60);
      expect(heldMinutes).toBeGreaterThanOrEqual(120);
    }
    const free = await createTask(list, { title: 'Free', billable: false });
    await work(list, free.task.key, 5);
    expect((await closeTask(list, free.task.key)).suggestedMinutes).toBeNull();
  });

  test.for([
    ['up', 15, [0, 1, 15, 16, 45, 61], [0, 15, 15, 30, 45, 75]],
    ['nearest', 15, [0, 7, 8, 22, 23], [0, 0, 15, 15, 30]],
    ['nearest', 6, [2, 3, 9, 10_000_000], [0, 6, 12, 10_000_002]],
    ['up', 1, [1, 59], [1, 59]],
  ] as const)('rounding %s to %s minutes', async ([rounding_mode, step, given, wanted]) => {
    const list = await mspList(lists, { rounding_minutes: step, rounding_mode });
    const billed: number[] = [];
    for (const minutes of given) {
      const { task } = await createTask(list, { title: 'Rounded' });
      const { workItems } = await closeTask(list, task.key, { billableMinutes: minutes });
      billed.push(workItems[0]?.billableMinutes ?? -1);
      expect((await showTask(list, task.key)).task.billableMinutes).toBe(minutes);
    }
    expect(billed).toEqual(wanted);
  });
}
