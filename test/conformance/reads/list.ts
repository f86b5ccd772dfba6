import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { listReady, listTasks } from '../../../lib/tracker/reads/lists.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { claim, create, createContainer } from '../agents/steps.ts';
import { updateFields } from '../tasks/update-fields.ts';
import { as, type TestLists } from '../test-lists.ts';

export function listSuite(lists: TestLists): void {
  test('ready has what can be started, most urgent and oldest first, and how many there are', async () => {
    const list = await lists.list();
    const old = await create(list, 'Old');
    const { task: urgent } = await createTask(list, { title: 'Urgent', priority: 0 });
    const young = await create(list, 'Young');
    await create(list, 'Waiting', { needs: [old] });
    const container = await createContainer(list, 1);
    const taken = await create(list, 'Taken');
    await claim(as(list, 'bob'), taken);
    const all = await listReady(list, { limit: 10 });
    expect(all.tasks.map(({ key }) => key)).toEqual([urgent.key, old, young, `${container}.1`]);
    expect(all).toMatchObject({ total: 4 });
    const cut = await listReady(list, { limit: 2 });
    expect(cut.tasks.map(({ key }) => key)).toEqual([urgent.key, old]);
    expect(cut.total).toBe(4);
  });

  test('a list has the statuses that are asked for, one after the other, up to the limit', async () => {
    const list = await lists.list();
    const open = await create(list, 'Open');
    const taken = await create(list, 'Taken');
    await claim(list, taken);
    const blocked = await create(list, 'Blocked');
    await blockTask(list, blocked, { reason: 'x' });
    const done = await create(list, 'Done');
    await closeTask(list, done);
    const ask = async (limit: number) => {
      const statuses = ['in_progress', 'blocked', 'pending'] as const;
      const { tasks, total } = await listTasks(list, { statuses, limit, allWorkspaces: false });
      return [...tasks.map(({ key }) => key), total];
    };
    expect(await ask(10)).toEqual([taken, blocked, open, 3]);
    expect(await ask(2)).toEqual([taken, blocked, 3]);
    expect(await ask(1)).toEqual([taken, 3]);
  });

  test('lists are of one workspace unless all are asked for', async () => {
    const [mine, theirs] = [await lists.list('mine'), await lists.list('theirs')];
    const [here, there] = [await create(mine, 'Here'), await create(theirs, 'There')];
    const ask = async (allWorkspaces: boolean) => {
      const options = { statuses: ['pending'] as const, limit: 1_000, allWorkspaces };
      return (await listTasks(mine, options)).tasks.map(({ key }) => key);
    };
    expect(await ask(false)).toEqual([here]);
    expect(await ask(true)).toEqual(expect.arrayContaining([here, there]));
  });

  test('an empty list is one', async () => {
    const list = await lists.list();
    expect(await listReady(list, { limit: 10 })).toMatchObject({ tasks: [], total: 0 });
    expect(await readLog(list, { limit: 10 })).toMatchObject({ events: [], titles: {}, total: 0 });
  });

  test('show has the task, its subtasks in order, its relations and notes', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 12);
    const { task, subtasks } = await showTask(list, key);
    expect(task.subtaskCount).toBe(12);
    expect(subtasks.map((subtask) => subtask.key)).toEqual(
      Array.from({ length: 12 }, (_, index) => `${key}.${index + 1}`),
    );
    await expect(showTask(list, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the log is in one order, newest first, with what was before and after', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await create(list, 'Other');
    await claim(list, key);
    await closeTask(list, key, { outcome: 'ok' });
    const { events } = await readLog(list, { limit: 10 });
    expect(events.map(({ seq, verb }) => [seq, verb])).toEqual([
      [4, 'completed'],
      [3, 'claimed'],
      [2, 'created'],
      [1, 'created'],
    ]);
    expect(events[0]).toMatchObject({
      task: key,
      actor: 'alice@one',
      session: 'alice-session',
      agent: 'main',
      old: { status: 'in_progress', claim: { session: 'alice-session' } },
      new: { status: 'completed', outcome: 'ok' },
    });
    const own = await readLog(list, { key, limit: 2 });
    expect(own.events.map(({ seq }) => seq)).toEqual([4, 3]);
  });

  test('a row that another program has spoilt is shown as it is, and the others too', async () => {
    const list = await lists.list();
    const keys = [await create(list, 'Spoilt'), await create(list, 'Sound')];
    for (const spoilt of ['{"half": ', '"text"', '[1]', 'null', '']) {
      await list.store.db.run('UPDATE tasks SET task_context = ? WHERE task_key = ?', [
        spoilt,
        keys[0] ?? '',
      ]);
      const { tasks } = await listReady(list, { limit: 10 });
      expect(tasks.map(({ key, context }) => [key, context])).toEqual([
        [keys[0], { unreadable: spoilt }],
        [keys[1], {}],
      ]);
    }
    const mended = await updateFields(list, keys[0] ?? '', {
      task_context: { unreadable: null, repository: 'example' },
    });
    expect(mended.task.context).toEqual({ repository: 'example' });
  });

  test('an event that another program has spoilt does not hide the others', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await list.store.db.run(
      'UPDATE task_events SET old_value = ?, new_value = ? WHERE workspace_id = ?',
      ['{"half": ', '7', list.workspaceId],
    );
    await claim(list, key);
    const { events } = await readLog(list, { limit: 10 });
    expect(events.map(({ verb }) => verb)).toEqual(['claimed', 'created']);
    expect(events[1]).toMatchObject({ old: { unreadable: '{"half": ' }, new: 7 });
  });
}
