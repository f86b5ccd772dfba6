import { expect, test } from 'vitest';
import { type SortWord, sortWords, type TaskFilter } from '../../../lib/model/task/filter.ts';
import { type FilteredList, listFiltered } from '../../../lib/tracker/reads/filtered-list.ts';
import { listReady, listTasks } from '../../../lib/tracker/reads/lists.ts';
import { clientVerbs, projectVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { claim, create } from '../agents/steps.ts';
import { updateFields } from '../tasks/update-fields.ts';
import { as, type TestLists } from '../test-lists.ts';

const unfinished = ['in_progress', 'blocked', 'pending'] as const;

type Asked = Partial<Omit<FilteredList, 'filter'>>;

/** The titles that a filter lets pass, in their order. */
async function titles(list: Scope, filter: TaskFilter, asked: Asked = {}) {
  const usual = { column: 'status', values: unfinished, limit: 50 } as const;
  const answer = await listFiltered(list, { ...usual, ...asked, filter });
  expect(answer.total).toBeGreaterThanOrEqual(answer.tasks.length);
  return answer.tasks.map(({ title }) => title);
}

export function filteredListSuite(lists: TestLists): void {
  test('a list of what somebody holds knows a person, one session and an agent', async () => {
    const list = await lists.list();
    const [bob, reviewer] = [as(list, 'bob'), as(list, 'bob', 'reviewer')];
    for (const title of ['Free', 'Own', "Bob's", 'Reviewed', 'Stuck']) await create(list, title);
    const keyOf = async (text: string) => (await listTasksOf(list, text)) ?? '';
    await claim(list, await keyOf('Own'));
    await claim(bob, await keyOf("Bob's"));
    await claim(reviewer, await keyOf('Reviewed'));
    await claim(bob, await keyOf('Stuck'));
    await blockTask(bob, await keyOf('Stuck'), { reason: 'vendor' });
    expect(await titles(list, { mine: true })).toEqual(['Own']);
    const elsewhere = { ...list.worker, session: 'another' };
    expect(await titles({ ...list, worker: elsewhere }, { mine: true })).toEqual(['Own']);
    for (const who of ['bob', 'BOB@two', 'bob@two#bob-session', 'bob#bob-session', '#bob-session'])
      expect(await titles(list, { who })).toEqual(["Bob's", 'Reviewed', 'Stuck']);
    expect(await titles(list, { who: 'bob#bob-session/reviewer' })).toEqual(['Reviewed']);
    expect(await titles(list, { who: 'bo' })).toEqual([]);
    expect(await titles(list, { agent: 'Reviewer' })).toEqual(['Reviewed']);
    await updateFields(list, await keyOf('Free'), { assigned_agent: 'reviewer' });
    expect(await titles(list, { agent: 'reviewer' })).toEqual(['Reviewed', 'Free']);
  });

  test('kinds, priorities and words choose tasks, alone and together', async () => {
    const list = await lists.list();
    const type = 'bugfix' as const;
    await createTask(list, { title: 'Straße sperren', priority: 0, task_type: type });
    await createTask(list, { title: 'Other', description: 'ÄRGER on the\nSTRASSE', priority: 1 });
    await createTask(list, { title: '100% of a_b', priority: 1, task_type: type });
    expect(await titles(list, { text: 'STRAßE' })).toEqual(['Straße sperren']);
    expect(await titles(list, { text: 'ärger strasse' })).toEqual(['Other']);
    expect(await titles(list, { text: '%' })).toEqual(['100% of a_b']);
    expect(await titles(list, { text: 'A_B' })).toEqual(['100% of a_b']);
    expect(await titles(list, { types: [type] })).toEqual(['Straße sperren', '100% of a_b']);
    expect(await titles(list, { priorities: [1] })).toEqual(['Other', '100% of a_b']);
    expect(await titles(list, { priorities: [0, 1], types: [type], text: '100' })).toEqual([
      '100% of a_b',
    ]);
    await expect(titles(list, { text: ' ' })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a client and a project choose by their names, and one that there is not is an error', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme Corp' });
    await addRegistryEntry(list, projectVerbs, { name: 'Shop', client: 'Acme Corp' });
    await createTask(list, { title: 'For Acme', client: 'Acme Corp' });
    await createTask(list, { title: 'Of the shop', project: 'shop' });
    await create(list, 'For nobody');
    expect(await titles(list, { client: 'acme corp' })).toEqual(['For Acme', 'Of the shop']);
    expect(await titles(list, { project: 'Shop' })).toEqual(['Of the shop']);
    expect(await titles(list, { client: '' })).toEqual(['For nobody']);
    expect(await titles(list, { project: '' })).toEqual(['For Acme', 'For nobody']);
    for (const filter of [{ client: 'acne' }, { project: 'shup' }, { parent: 'nothing' }])
      await expect(titles(list, filter)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('everything below a task is listed, whatever level it is on', async () => {
    const list = await lists.list();
    const deep = { title: 'Second', subtasks: [{ title: 'Deep' }] };
    const { task } = await createPlan(list, {
      title: 'Whole',
      subtasks: [{ title: 'First' }, deep],
    });
    await create(list, 'Beside');
    await closeTask(list, `${task.key}.1`);
    expect(await titles(list, { parent: task.key })).toEqual(['Second', 'Deep']);
    const short = task.key.slice(0, -1);
    expect(await titles(list, { parent: short, text: 'deep' })).toEqual(['Deep']);
    expect(await titles(list, { parent: task.key }, { values: ['completed'] })).toEqual(['First']);
  });

  test('an order is of all that pass, and the limit cuts it', async () => {
    const list = await lists.list();
    const first = await create(list, 'b');
    await createTask(list, { title: 'A', priority: 4 });
    await createTask(list, { title: 'ä', priority: 0 });
    await claim(list, first);
    await updateFields(list, first, { description: 'changed' });
    const orders: Readonly<Record<SortWord, string>> = {
      ...{ priority: 'äbA', created: 'äAb', updated: 'bäA', title: 'Abä', key: 'bAä' },
    };
    for (const sort of sortWords.filter((each) => each !== 'key'))
      expect((await titles(list, {}, { sort })).join('')).toBe(orders[sort]);
    const { tasks } = await listFiltered(list, {
      ...{ column: 'status', values: unfinished, limit: 9, filter: {}, sort: 'key' },
    });
    expect(tasks.map(({ key }) => key)).toEqual(tasks.map(({ key }) => key).toSorted());
    const cut = await listFiltered(list, {
      ...{ column: 'status', values: unfinished, limit: 1, filter: {}, sort: 'title' },
    });
    expect([cut.tasks[0]?.title, cut.total]).toEqual(['A', 3]);
  });

  test('a filter that every task passes gives what the list gives without one', async () => {
    const list = await lists.list();
    for (let number = 0; number < 12; number += 1) {
      await createTask(list, { title: `Task ${number}`, priority: number % 3 === 0 ? 1 : 2 });
    }
    const { tasks } = await listTasks(list, {
      statuses: unfinished,
      limit: 7,
      allWorkspaces: false,
    });
    const filter = { text: 'task' };
    expect(await titles(list, filter, { limit: 7 })).toEqual(tasks.map(({ title }) => title));
    const ready = await listReady(list, { limit: 7 });
    const queue = { column: 'queue', values: ['ready'], limit: 7 } as const;
    expect(await titles(list, filter, queue)).toEqual(ready.tasks.map(({ title }) => title));
  });

  test('filters are of one workspace unless all are asked for', async () => {
    const [mine, theirs] = [await lists.list('mine'), await lists.list('theirs')];
    await create(mine, 'Sought here');
    await create(theirs, 'Sought there');
    expect(await titles(mine, { text: 'sought' })).toEqual(['Sought here']);
    expect(await titles(mine, { text: 'sought' }, { allWorkspaces: true })).toEqual(
      expect.arrayContaining(['Sought here', 'Sought there']),
    );
  });
}

async function listTasksOf(list: Scope, title: string): Promise<string | undefined> {
  const { tasks } = await listTasks(list, {
    ...{ statuses: unfinished, limit: 50, allWorkspaces: false },
  });
  return tasks.find((task) => task.title === title)?.key;
}
