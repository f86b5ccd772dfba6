import { expect, test } from 'vitest';
import { readBill } from '../../../lib/tracker/billing/bill.ts';
import { dropWorkItem } from '../../../lib/tracker/billing/work-items.ts';
import { clientVerbs, projectVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry, archiveRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import type { TestLists } from '../test-lists.ts';

/** What was done in some days and what it comes to. */
export function billingSuite(lists: TestLists): void {
  async function listWithClients(): Promise<Scope> {
    const list = await lists.list();
    for (const name of ['Acme', 'Globex']) await addRegistryEntry(list, clientVerbs, { name });
    await addRegistryEntry(list, projectVerbs, { name: 'Site', client: 'Acme' });
    return list;
  }

  /** Bills a task that was completed at a time, `2026-11-21 10:00:00.000`; its key. */
  async function bill(
    list: Scope,
    at: string,
    { client, project, minutes }: { client: string; project?: string; minutes: number },
  ): Promise<string> {
    const { task } = await createTask(list, {
      title: `Work of ${at}`,
      client,
      ...(project === undefined ? {} : { project }),
      billable: true,
    });
    await closeTask(list, task.key, { billableMinutes: minutes, outcome: 'Done' });
    await lists
      .store()
      .db.run('UPDATE work_items SET completed_at = ? WHERE linked_task_id = ?', [at, task.id]);
    return task.key;
  }

  test('both days are part of a bill, from their first millisecond to their last', async () => {
    const list = await listWithClients();
    await bill(list, '2026-10-31 23:59:59.999', { client: 'Acme', minutes: 1 });
    const first = await bill(list, '2026-11-01 00:00:00.000', { client: 'Acme', minutes: 2 });
    const last = await bill(list, '2026-11-30 23:59:59.999', { client: 'Acme', minutes: 4 });
    await bill(list, '2026-12-01 00:00:00.000', { client: 'Acme', minutes: 8 });
    const november = await readBill(list, { from: '2026-11-01', to: '2026-11-30' });
    expect(november).toMatchObject({ from: '2026-11-01', to: '2026-11-30', client: null });
    expect(november.items.map(({ task, day, minutes }) => [task, day, minutes])).toEqual([
      [first, '2026-11-01', 2],
      [last, '2026-11-30', 4],
    ]);
    expect(november.minutes).toBe(6);
    const oneDay = await readBill(list, { from: '2026-11-30', to: '2026-11-30' });
    expect(oneDay.minutes).toBe(4);
  });

  test('an evening in Arizona is billed on its own day, the client’s or the person’s', async () => {
    const list = await listWithClients();
    const timed = { name: 'Cactus', time_zone: 'america/phoenix' };
    await addRegistryEntry(list, clientVerbs, timed);
    const november = { from: '2026-11-01', to: '2026-11-30' };
    // Half past ten at night on the 30th, there.
    const at = '2026-12-01 05:30:00.000';
    const key = await bill(list, at, { client: 'Cactus', minutes: 4 });
    await bill(list, at, { client: 'Acme', minutes: 8 });
    const one = await readBill(list, { ...november, client: 'Cactus' });
    expect(one).toMatchObject({ minutes: 4, timeZone: 'America/Phoenix' });
    expect(one.items).toMatchObject([
      { task: key, day: '2026-11-30', timeZone: 'America/Phoenix' },
    ]);
    const all = await readBill(list, november);
    expect(all).toMatchObject({ minutes: 4, timeZone: 'UTC' });
    const own = await readBill(list, { ...november, ownTimeZone: 'America/New_York' });
    expect(own.minutes).toBe(4);
    const mine = await readBill(list, { ...november, ownTimeZone: 'America/Los_Angeles' });
    expect(mine).toMatchObject({ minutes: 12, timeZone: 'America/Los_Angeles' });
    const given = await readBill(list, { ...november, timeZone: 'utc', client: 'Cactus' });
    expect(given).toMatchObject({ minutes: 0, timeZone: 'UTC' });
    await expect(readBill(list, { timeZone: 'Mars/Crater' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('a day on which clocks change is billed whole, and once', async () => {
    const list = await listWithClients();
    const zone = { ownTimeZone: 'Europe/Berlin' };
    for (const [index, at] of [
      ...['2026-10-24 21:59:59.999', '2026-10-24 22:00:00.000', '2026-10-25 00:30:00.000'],
      ...['2026-10-25 01:30:00.000', '2026-10-25 22:59:59.999', '2026-10-25 23:00:00.000'],
    ].entries()) {
      await bill(list, at, { client: 'Acme', minutes: 2 ** index });
    }
    const day = '2026-10-25';
    expect((await readBill(list, { from: day, to: day, ...zone })).minutes).toBe(2 + 4 + 8 + 16);
    const next = await readBill(list, { from: '2026-10-26', to: '2026-10-26', ...zone });
    expect(next.minutes).toBe(32);
  });

  test('it is added up per client and project, exactly', async () => {
    const list = await listWithClients();
    const at = '2026-11-21 10:00:00.000';
    await bill(list, at, { client: 'Acme', project: 'Site', minutes: 9_999_999 });
    await bill(list, at, { client: 'Acme', project: 'Site', minutes: 2 });
    await bill(list, at, { client: 'Acme', minutes: 7 });
    await bill(list, at, { client: 'Globex', minutes: 0 });
    const dropped = await bill(list, at, { client: 'Globex', minutes: 500 });
    await dropWorkItem(list, dropped);
    const days = { from: '2026-11-01', to: '2026-11-30' };
    const all = await readBill(list, days);
    const acme = { client: 'acme', clientName: 'Acme' };
    const globex = { client: 'globex', clientName: 'Globex' };
    expect(all.totals).toEqual([
      { ...acme, project: null, projectName: null, items: 1, minutes: 7, amounts: [] },
      { ...acme, project: 'site', projectName: 'Site', items: 2, minutes: 10_000_001, amounts: [] },
      { ...globex, project: null, projectName: null, items: 1, minutes: 0, amounts: [] },
    ]);
    expect(all.clients).toEqual([
      { ...acme, items: 3, minutes: 10_000_008, amounts: [] },
      { ...globex, items: 1, minutes: 0, amounts: [] },
    ]);
    expect(all.minutes).toBe(10_000_008);
    await archiveRegistryEntry(list, clientVerbs, { name: 'Acme' });
    const one = await readBill(list, { ...days, client: 'ACME' });
    expect(one).toMatchObject({ ...acme, minutes: 10_000_008 });
    expect(one.items[0]).toMatchObject({
      ...{ ...acme, project: 'site', projectName: 'Site' },
      category: 'development',
      problem: `Work of ${at}`,
      solution: 'Done',
      affectedSystems: [],
      technologies: [],
    });
  });

  test('without days it is of this month so far, and of this list alone', async () => {
    const list = await listWithClients();
    const other = await listWithClients();
    const { task } = await createTask(list, { title: 'Now', client: 'Acme', billable: true });
    await closeTask(list, task.key, { billableMinutes: 3 });
    const now = await readBill(list, {});
    expect(now.from).toBe(`${now.to.slice(0, 8)}01`);
    expect(now.items.map((item) => item.task)).toEqual([task.key]);
    expect((await readBill(other, {})).items).toEqual([]);
    const since = await readBill(list, { from: '2000-02-29' });
    expect(since).toMatchObject({ from: '2000-02-29', to: now.to, minutes: 3 });
    const before = await readBill(list, { to: '2000-02-29' });
    expect(before).toMatchObject({ from: '2000-02-01', to: '2000-02-29', minutes: 0 });
  });

  test('every list of a database is billed at once, a client of one name together', async () => {
    const one = await listWithClients();
    const two = await listWithClients();
    const name = `Zeta ${one.workspaceId}`;
    for (const list of [one, two]) await addRegistryEntry(list, clientVerbs, { name });
    const first = await bill(one, '2026-11-02 10:00:00.000', { client: name, minutes: 2 });
    const second = await bill(two, '2026-11-01 10:00:00.000', { client: name, minutes: 3 });
    await bill(two, '2026-11-01 10:00:00.000', { client: 'Acme', minutes: 500 });
    const days = { from: '2026-11-01', to: '2026-11-30' };
    const all = { ...days, client: name, allWorkspaces: true };
    // A list without the client asks as well.
    for (const list of [one, await lists.list()]) {
      const whole = await readBill(list, all);
      expect(whole.items.map(({ task }) => task)).toEqual([second, first]);
      expect(whole).toMatchObject({ minutes: 5, clientName: name });
      expect(whole.clients).toHaveLength(1);
    }
    expect((await readBill(one, { ...days, client: name })).minutes).toBe(2);
    await expect(readBill(one, { ...all, client: 'Initech 7' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('what is no day, the wrong order and an unknown client are refused', async () => {
    const list = await listWithClients();
    for (const day of ['2026-02-30', '2026-13-01', '26-01-01', 'today', '2026-1-1', '']) {
      await expect(readBill(list, { from: day }), day).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    await expect(readBill(list, { from: '2026-11-02', to: '2026-11-01' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: '--from 2026-11-02 is after --to 2026-11-01',
    });
    await expect(readBill(list, { client: 'Initech' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await readBill(list, { from: '9999-12-31', to: '9999-12-31' })).items).toEqual([]);
  });
}
