import { expect, test } from 'vitest';
import { billWork } from '../../../lib/tracker/billing/add-work.ts';
import { invoiceWork, readBill } from '../../../lib/tracker/billing/bill.ts';
import {
  changeWorkItem,
  dropWorkItem,
  showWorkItem,
} from '../../../lib/tracker/billing/work-items.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry, changeRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

/** What was invoiced, which later changes correct and never change. */
export function invoicesSuite(lists: TestLists): void {
  async function listWithClients(): Promise<Scope> {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme', rate: 6_000, currency: 'EUR' });
    await addRegistryEntry(list, clientVerbs, { name: 'Globex' });
    return list;
  }

  const minutes = 45;
  const work = { client: 'Acme', problem: 'Printer offline', solution: 'New cable', minutes };

  /** The lines of the bill so far: client, minutes, amount, and what they are. */
  async function lines(list: Scope): Promise<readonly unknown[]> {
    const { items } = await readBill(list, {});
    return items.map(({ client, minutes, amount, correction, invoicedAt }) => [
      ...[client, minutes, amount],
      `${correction ? 'correction' : 'work'}, ${invoicedAt === null ? 'open' : 'invoiced'}`,
    ]);
  }

  test('work without a task becomes a completed task that is billed on its day', async () => {
    const list = await listWithClients();
    const item = await billWork(list, { ...work, day: '2026-02-03', category: 'on site' });
    expect(item).toMatchObject({
      ...{ client: 'acme', billableMinutes: 45, category: 'on site', invoicedMinutes: null },
      ...{ problem: 'Printer offline', solution: 'New cable' },
    });
    expect(item.completedAt).toBe('2026-02-03T12:00:00.000Z');
    const days = { from: '2026-02-03', to: '2026-02-03' };
    expect(await readBill(list, days)).toMatchObject({
      items: [{ task: item.task, minutes: 45, amount: 4_500 }],
    });
    await expect(billWork(list, { ...work, day: '2999-01-01' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(billWork(list, { ...work, client: 'Nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('what was invoiced stays, and what changes later is a line by itself', async () => {
    const list = await listWithClients();
    const { task } = await billWork(list, work);
    const invoice = await invoiceWork(list, {});
    expect(invoice).toMatchObject({ minutes: 45, amounts: [{ currency: 'EUR', amount: 4_500 }] });
    expect((await invoiceWork(list, {})).items).toEqual([]);
    expect(await lines(list)).toEqual([['acme', 45, 4_500, 'work, invoiced']]);
    // A new rate, another text and a new name change nothing that was invoiced.
    const patch = { rate: 9_000 };
    await changeRegistryEntry(list, clientVerbs, { name: 'Acme', patch });
    await changeWorkItem(list, task, { solution: 'Two cables' });
    expect(await lines(list)).toEqual([['acme', 45, 4_500, 'work, invoiced']]);
    expect((await readBill(list, {})).items[0]?.solution).toBe('New cable');
    const changed = await changeWorkItem(list, task, { minutes: 60 });
    expect(changed).toMatchObject({ billableMinutes: 60, invoicedMinutes: 45 });
    expect(await lines(list)).toEqual([
      ['acme', 45, 4_500, 'work, invoiced'],
      ['acme', 15, 1_500, 'correction, open'],
    ]);
    expect((await invoiceWork(list, {})).minutes).toBe(15);
    expect(await showWorkItem(list, task)).toMatchObject({ invoicedMinutes: 60 });
    expect((await invoiceWork(list, {})).items).toEqual([]);
    const { events } = await readLog(list, { limit: 20 });
    expect(events.filter(({ verb }) => verb === 'invoiced')).toHaveLength(2);
  });

  test('a task that is opened again takes back what was invoiced, until it is done', async () => {
    const list = await listWithClients();
    const { task } = await billWork(list, work);
    await invoiceWork(list, {});
    await reopenTask(list, task);
    expect(await lines(list)).toEqual([
      ['acme', 45, 4_500, 'work, invoiced'],
      ['acme', -45, -4_500, 'correction, open'],
    ]);
    await closeTask(list, task, { billableMinutes: 50 });
    expect((await lines(list))[1]).toEqual(['acme', 5, 500, 'correction, open']);
    await reopenTask(list, task);
    await invoiceWork(list, {});
    expect((await readBill(list, {})).minutes).toBe(0);
    await closeTask(list, task);
    expect((await lines(list)).at(-1)).toEqual(['acme', 50, 5_000, 'correction, open']);
  });

  test('what goes to another client is taken back from the first', async () => {
    const list = await listWithClients();
    const { task } = await billWork(list, work);
    await invoiceWork(list, { client: 'Acme' });
    await updateFields(list, task, { client: 'Globex' });
    const of = async (client: string) => (await readBill(list, { client })).items;
    expect((await of('Acme')).map((item) => item.minutes)).toEqual([45, -45]);
    expect(await of('Globex')).toMatchObject([{ minutes: 45, correction: false }]);
    await dropWorkItem(list, task);
    expect(await of('Globex')).toEqual([]);
  });

  test('only the client and the days that are named are invoiced', async () => {
    const list = await listWithClients();
    await billWork(list, { ...work, day: '2026-01-31' });
    await billWork(list, { ...work, client: 'Globex', day: '2026-02-01' });
    const february = { from: '2026-02-01', to: '2026-02-28' };
    expect((await invoiceWork(list, { ...february, client: 'Acme' })).items).toEqual([]);
    expect((await invoiceWork(list, february)).items).toMatchObject([{ client: 'globex' }]);
    const january = await readBill(list, { from: '2026-01-01', to: '2026-01-31' });
    expect(january.items).toMatchObject([{ invoicedAt: null }]);
  });
}
