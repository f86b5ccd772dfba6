import { expect, test } from 'vitest';
import { create as createOperation } from '../../../lib/operations/create.ts';
import { list as listOperation } from '../../../lib/operations/list.ts';
import { update } from '../../../lib/operations/update.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { searchTasks } from '../../../lib/tracker/reads/search.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

export function labelsSuite(lists: TestLists): void {
  test('labels are added and taken away, each once, whatever their case', async () => {
    const list = await lists.list();
    const { task } = await call(list, createOperation, {
      title: 'Task',
      labels: ['Bug', ' #bug', 'two words'],
    });
    expect(task.labels).toEqual(['bug', 'two words']);
    const { task: more } = await call(list, update, { task: task.key, labels: ['Größe'] });
    expect(more.labels).toEqual(['bug', 'two words', 'größe']);
    const { task: less } = await call(list, update, { task: task.key, unlabel: ['#BUG'] });
    expect(less.labels).toEqual(['two words', 'größe']);
    const { task: none } = await call(list, update, { task: task.key, unlabel: [''] });
    expect(none.labels).toEqual([]);
    const { events } = await readLog(list, { limit: 1 });
    expect(events).toMatchObject([
      { verb: 'updated', old: { labels: '["two words","größe"]' }, new: { labels: null } },
    ]);
  });

  test('a task has few labels, and short ones of one line', async () => {
    const list = await lists.list();
    const wrong = ['', ' ', '#', 'a,b', 'a\nb', 'nul\0', 'x'.repeat(51), '\u001b[31m'];
    for (const label of wrong) {
      await expect(
        call(list, createOperation, { title: 'Task', labels: [label] }),
      ).rejects.toMatchObject({ code: 'invalid_input' });
    }
    const many = Array.from({ length: 20 }, (_, index) => `"${'x'.repeat(46)}"${index}`);
    const { task } = await call(list, createOperation, { title: 'Task', labels: many });
    expect(task.labels).toHaveLength(20);
    await expect(
      call(list, update, { task: task.key, labels: ['one more'] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a search and a filter find tasks by their labels', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, { title: 'Task', labels: ['payments'] });
    await createTask(list, { title: 'Another', labels: ['login'] });
    const { tasks } = await searchTasks(list, 'PAYMENTS', { limit: 5 });
    expect(tasks.map(({ key }) => key)).toEqual([task.key]);
    // As it is written in a list.
    const filtered = await call(list, listOperation, { labels: ['#Payments'] });
    expect(filtered.tasks.map(({ key }) => key)).toEqual([task.key]);
  });
}
