import { expect, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { readBill } from '../../../lib/tracker/billing/bill.ts';
import { changeWorkItem, showWorkItem } from '../../../lib/tracker/billing/work-items.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry, changeRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

const minute = 60_000;
/** Twelve minutes, and the moment between the claim and the report. */
const measured = { from: 'measured', by: null, ms: expect.any(Number) } as const;
const proposed = { from: 'proposed', by: 'Coding Agent', ms: 30 * minute } as const;

/** What is measured, what agents propose and what people say are known apart. */
export function saidMinutesSuite(lists: TestLists): void {
  async function listOf(fields = {}): Promise<Scope> {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme', ...fields });
    return { ...list, mode: { mode: 'msp', client: 'Acme' } };
  }

  /** A task at which an agent worked 12 minutes and asks for 30. */
  async function reported(list: Scope): Promise<string> {
    const { task } = await createTask(list, { title: 'Fix it', task_type: 'research' });
    await claimTask(list, task.key, { assignedAgent: 'Coding Agent', isForAgent: true });
    await lists
      .store()
      .db.run('UPDATE agent_runs SET active_ms = ? WHERE running_task_id = ?', [
        12 * minute,
        task.id,
      ]);
    const report = { status: 'completed', outcome: 'Found', billable_minutes: 30 };
    await recordReport(list, task.key, report, { policy: makePolicy() });
    return task.key;
  }

  test("an agent's minutes are a proposal: measured ones are billed, unless the client's rule says so", async () => {
    const list = await listOf();
    const key = await reported(list);
    expect(await showWorkItem(list, key)).toMatchObject({
      billableMinutes: 12,
      minutesFrom: [
        { ...measured, billed: true },
        { ...proposed, billed: false },
      ],
    });
    expect((await showTask(list, key)).task).toMatchObject({
      billableMinutes: null,
      billableMinutesBy: null,
    });
    await changeRegistryEntry(list, clientVerbs, { name: 'Acme', patch: { minutes: 'proposed' } });
    // What is billed already follows the rule when it changes next.
    expect((await showWorkItem(list, key)).billableMinutes).toBe(12);
    const next = await reported(list);
    expect(await showWorkItem(list, next)).toMatchObject({
      billableMinutes: 30,
      minutesFrom: [
        { ...measured, billed: false },
        { ...proposed, billed: true },
      ],
    });
  });

  test('the word of a person decides over either, with the name, until it is taken back', async () => {
    const list = await listOf({ minutes: 'proposed' });
    const key = await reported(list);
    const bob = { session: 'terminal:bob@two', agent: 'main', actor: 'bob' };
    await changeWorkItem({ ...list, worker: bob }, key, { minutes: 45 });
    const said = { from: 'said', by: 'bob', ms: 45 * minute, billed: true };
    const others = [
      { ...measured, billed: false },
      { ...proposed, billed: false },
    ];
    const item = await showWorkItem(list, key);
    expect(item).toMatchObject({ billableMinutes: 45, minutesFrom: [said, ...others] });
    const { task, minutesFrom } = await showTask(list, key);
    expect(task).toMatchObject({ billableMinutes: 45, billableMinutesBy: 'bob' });
    expect(minutesFrom).toEqual(item.minutesFrom);
    expect((await readBill(list, {})).items).toMatchObject([{ minutesFrom: [said, ...others] }]);
    await updateFields(list, key, { billable_minutes: 50 });
    expect((await showTask(list, key)).task.billableMinutesBy).toBe('alice@one#-session');
    await undoLast(list);
    expect((await showTask(list, key)).task).toMatchObject({
      billableMinutes: 45,
      billableMinutesBy: 'bob',
    });
    await updateFields(list, key, { billable_minutes: null });
    expect((await showTask(list, key)).task.billableMinutesBy).toBeNull();
    expect((await showWorkItem(list, key)).billableMinutes).toBe(30);
  });

  test('work that is opened again and done anew adds its proposal; an undo takes its word back', async () => {
    const list = await listOf({ minutes: 'proposed' });
    const key = await reported(list);
    await reopenTask(list, key);
    await closeTask(list, key, { billableMinutes: 5 });
    expect((await showWorkItem(list, key)).billableMinutes).toBe(5);
    await undoLast(list);
    expect((await showTask(list, key)).task).toMatchObject({
      status: 'pending',
      billableMinutes: null,
      billableMinutesBy: null,
    });
    await claimTask(list, key, { assignedAgent: 'Coding Agent', isForAgent: true });
    const report = { status: 'completed', billable_minutes: 8 };
    await recordReport(list, key, report, { policy: makePolicy() });
    expect((await showWorkItem(list, key)).billableMinutes).toBe(38);
  });

  test('minutes that an older docket took from somebody are billed as they were', async () => {
    const list = await listOf();
    const { task } = await createTask(list, { title: 'Old', billable_minutes: 20 });
    const { db } = lists.store();
    await db.run('UPDATE tasks SET billable_minutes_by = NULL WHERE id = ?', [task.id]);
    await closeTask(list, task.key);
    await db.run('UPDATE work_items SET minutes_from = NULL WHERE linked_task_id = ?', [task.id]);
    expect(await showWorkItem(list, task.key)).toMatchObject({
      billableMinutes: 20,
      minutesFrom: [],
    });
    expect((await readBill(list, {})).items).toMatchObject([{ minutes: 20, minutesFrom: [] }]);
  });
}
