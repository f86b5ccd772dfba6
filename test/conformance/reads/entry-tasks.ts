import { expect, test } from 'vitest';
import { billing } from '../../../lib/operations/billing.ts';
import { clientOperations } from '../../../lib/operations/client.ts';
import { projectOperations } from '../../../lib/operations/project.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { blockTask, reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { call } from '../call.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

/** What is for a client or of a project. */
export function entryTasksSuite(lists: TestLists): void {
  test('a client has its own open tasks, in the order of a list, and counts the others', async () => {
    const [list, other] = [await lists.list(), await lists.list()];
    for (const each of [list, other]) await call(each, clientOperations.add, { name: 'Acme' });
    await call(list, clientOperations.add, { name: 'Umbrella' });
    await createTask(other, { title: 'Of another list', client: 'acme' });
    await createTask(list, { title: 'For another', client: 'umbrella' });
    await createTask(list, { title: 'For nobody' });
    const make = async (title: string) =>
      (await createTask(list, { title, client: 'acme' })).task.key;
    const pending = await make('Pending');
    const blocked = await make('Blocked');
    const held = await make('Held');
    const [done, undone, gone] = [await make('Done'), await make('Undone'), await make('Gone')];
    await claimTask(list, held);
    await blockTask(list, blocked, { reason: 'no access' });
    for (const key of [done, undone]) await closeTask(list, key);
    await cancelTask(list, gone);
    await reopenTask(list, undone);
    const { client, ...tasks } = await call(list, clientOperations.show, { name: 'ACME' });
    expect(client.slug).toBe('acme');
    expect(tasks.open.tasks.map(({ key, status }) => [key, status])).toEqual([
      [held, 'in_progress'],
      [blocked, 'blocked'],
      [pending, 'pending'],
      [undone, 'pending'],
    ]);
    expect(tasks).toMatchObject({ open: { total: 4 }, completed: 1, cancelled: 1 });
    expect(tasks.open.tasks[0]?.claim).toMatchObject({ session: list.worker.session });
    expect(tasks.open.tasks[1]?.blockedReason).toBe('no access');
  });

  test('what is archived is not counted, and that is said', async () => {
    const list = await lists.list();
    await call(list, clientOperations.add, { name: 'Acme' });
    const make = async (title: string) => {
      const { task } = await createTask(list, { title, client: 'acme' });
      await closeTask(list, task.key);
      return task.key;
    };
    const [billed] = [await make('Billed'), await make('Not billed')];
    await updateFields(list, billed, { billable: true, billable_minutes: 30 });
    const bill = await call(list, billing, {});
    const before = await call(list, clientOperations.show, { name: 'acme' });
    expect(before).toMatchObject({ completed: 2, archived: 0 });
    await archiveTasks(list, { olderThan: -60_000, keep: 0 });
    const after = await call(list, clientOperations.show, { name: 'acme' });
    expect(after).toMatchObject({ completed: 1, archived: 1 });
    expect(await call(list, billing, {})).toEqual(bill);
    expect(bill).toMatchObject({ clients: [{ minutes: 30 }] });
  });

  test('a project has the steps of its plans, and one without tasks has none', async () => {
    const list = await lists.list();
    await call(list, projectOperations.add, { name: 'Dashboard' });
    await call(list, projectOperations.add, { name: 'Empty' });
    const { task } = await createTask(list, { title: 'Dark mode', project: 'dashboard' });
    await createTask(list, { title: 'A switch' }, { parent: task.key });
    const tasks = await call(list, projectOperations.show, { name: 'dashboard' });
    expect(tasks.open.tasks).toMatchObject([
      { title: 'Dark mode', parent: null, parentTitle: null },
      { title: 'A switch', parent: task.key, parentTitle: 'Dark mode' },
    ]);
    const none = await call(list, projectOperations.show, { name: 'empty' });
    expect(none).toMatchObject({ open: { total: 0, tasks: [] }, completed: 0, cancelled: 0 });
    const unknown = call(list, projectOperations.show, { name: 'unknown' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });
}
