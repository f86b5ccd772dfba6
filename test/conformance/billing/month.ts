import { expect, test } from 'vitest';
import type { ClientInput } from '../../../lib/model/registry/input.ts';
import { readBill } from '../../../lib/tracker/billing/bill.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import type { TestLists } from '../test-lists.ts';

/** The bill of a month with three clients, against sums made by hand. */
export function monthSuite(lists: TestLists): void {
  async function completedAt(id: string, at: string): Promise<void> {
    const { db } = lists.store();
    await db.run('UPDATE work_items SET completed_at = ? WHERE linked_task_id = ?', [at, id]);
  }

  async function work(list: Scope, client: string, [at, minutes]: readonly [string, number]) {
    const { task } = await createTask(list, { title: 'Work', client, billable: true });
    await closeTask(list, task.key, { billableMinutes: minutes });
    await completedAt(task.id, at);
  }

  test('a month of three clients comes to what a person adds up by hand', async () => {
    const list = await lists.list();
    const clients: readonly ClientInput[] = [
      // Quarters of an hour at 120.00 USD, days of Arizona.
      {
        name: 'Acme',
        ...{ rounding_minutes: 15, time_zone: 'America/Phoenix', rate: 12_000, currency: 'usd' },
      },
      // The nearest six minutes at 99.95 EUR.
      {
        name: 'Globex',
        ...{ rounding_minutes: 6, rounding_mode: 'nearest', rate: 9_995, currency: 'EUR' },
      },
      // Each minute begun at 5000 JPY, days of Tokyo.
      { name: 'Initech', time_zone: 'Asia/Tokyo', rate: 5_000, currency: 'JPY' },
    ];
    for (const client of clients) {
      await addRegistryEntry(list, clientVerbs, client);
    }
    // 45, 30 and 15 min; the last at half past ten at night on the 30th in Arizona.
    await work(list, 'Acme', ['2026-11-03 16:00:00.000', 40]);
    await work(list, 'Acme', ['2026-11-03 18:00:00.000', 16]);
    await work(list, 'Acme', ['2026-12-01 05:30:00.000', 5]);
    // Twelve steps of 1.4 s: a quarter of an hour, not twelve minutes nor twelve quarters.
    const subtasks = Array.from({ length: 12 }, (_, index) => ({ title: `Step ${index}` }));
    const { task } = await createPlan(list, {
      ...{ title: 'Steps', client: 'Acme', billable: true, subtasks },
    });
    for (let step = 1; step <= 12; step += 1) {
      await claimTask(list, `${task.key}.${step}`);
      await lists.store().db.run(
        `UPDATE agent_runs SET active_ms = 1400 WHERE running_task_id =
             (SELECT id FROM tasks WHERE task_key = ?)`,
        [`${task.key}.${step}`],
      );
      await closeTask(list, `${task.key}.${step}`);
    }
    await completedAt(task.id, '2026-11-10 16:00:00.000');
    // 6, 12 and 102 min: 10.00 + 19.99 + 169.92, a cent more than two hours at once.
    await work(list, 'Globex', ['2026-11-05 10:00:00.000', 8]);
    await work(list, 'Globex', ['2026-11-06 10:00:00.000', 9]);
    await work(list, 'Globex', ['2026-11-06 11:00:00.000', 100]);
    // 583 + 583 + 83, a yen less than a quarter at once. The first is in October and the last in
    // November by UTC, the other way round in Tokyo.
    await work(list, 'Initech', ['2026-10-31 15:00:00.000', 7]);
    await work(list, 'Initech', ['2026-11-07 10:00:00.000', 7]);
    await work(list, 'Initech', ['2026-11-07 11:00:00.000', 1]);
    await work(list, 'Initech', ['2026-11-30 15:00:00.000', 1_000]);

    const bill = await readBill(list, { from: '2026-11-01', to: '2026-11-30' });
    const sums = bill.clients.map(({ client, items, minutes, amounts }) => [
      ...[client, items, minutes],
      ...amounts.map(({ amount, currency }) => `${amount} ${currency}`),
    ]);
    expect(sums).toEqual([
      ['acme', 4, 45 + 30 + 15 + 15, '21000 USD'],
      ['globex', 3, 6 + 12 + 102, '19991 EUR'],
      ['initech', 3, 7 + 7 + 1, '1249 JPY'],
    ]);
    expect(bill.minutes).toBe(240);
    expect(bill.amounts).toEqual([
      { currency: 'EUR', amount: 19_991 },
      { currency: 'JPY', amount: 1_249 },
      { currency: 'USD', amount: 21_000 },
    ]);
    expect(bill.days.map(({ day, client, minutes }) => `${day} ${client} ${minutes}`)).toEqual([
      '2026-11-01 initech 7',
      '2026-11-03 acme 75',
      '2026-11-05 globex 6',
      '2026-11-06 globex 114',
      '2026-11-07 initech 8',
      '2026-11-10 acme 15',
      '2026-11-30 acme 15',
    ]);
    const one = await readBill(list, { client: 'Globex', from: '2026-11-06', to: '2026-11-06' });
    expect(one).toMatchObject({ minutes: 114, amounts: [{ currency: 'EUR', amount: 18_991 }] });
  });
}
