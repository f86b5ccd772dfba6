import { expect, test } from 'vitest';
import type { TaskTree } from '../../../lib/model/answers/tree.ts';
import { readTaskTree } from '../../../lib/tracker/reads/tree.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { create, createContainer } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

function outline({ task, subtasks }: TaskTree): unknown {
  return subtasks.length === 0 ? task.title : { [task.title]: subtasks.map(outline) };
}

export function treeSuite(lists: TestLists): void {
  test('a tree is a task with everything below it, in order, and nothing beside it', async () => {
    const list = await lists.list();
    const { task: root } = await createTask(list, { title: 'Root' });
    const titles = ['First', 'Second', 'Third'];
    const keys = [];
    for (const title of titles) {
      keys.push((await createTask(list, { title }, { parent: root.key })).task.key);
    }
    const [first = '', second = ''] = keys;
    const { task: below } = await createTask(list, { title: 'Below' }, { parent: second });
    await createTask(list, { title: 'Deep' }, { parent: below.key });
    await createTask(list, { title: 'Other' }, { parent: first });
    await create(list, 'Beside');
    const { tree, at } = await readTaskTree(list, root.key);
    expect(outline(tree)).toEqual({
      Root: [{ First: ['Other'] }, { Second: [{ Below: ['Deep'] }] }, 'Third'],
    });
    expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(tree.task.updatedAt));
  });

  test('a subtask is a tree of its own, whatever its container holds', async () => {
    const list = await lists.list();
    const container = await createContainer(list, 2);
    const { tree } = await readTaskTree(list, `${container}.2`);
    expect(tree).toMatchObject({ task: { parent: container }, subtasks: [] });
  });

  test('a tree of a task that is not there is refused', async () => {
    const list = await lists.list();
    await expect(readTaskTree(list, 'web-zzzz')).rejects.toMatchObject({ code: 'not_found' });
  });
}
