import { expect, test } from 'vitest';
import { readOffered, type Wanted } from '../../../lib/tracker/reads/offered.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

/** The names that are offered to someone who is typing. */
export function offeredSuite(lists: TestLists): void {
  const offered = (list: Scope, wanted: Wanted, limit = 9) =>
    readOffered(lists.connection(), {
      ...{ workspaceId: list.workspaceId, wanted, limit },
      open: { mode: 'read' },
    });

  test('tasks of a queue or a status are offered by key and title, the most urgent first', async () => {
    const list = await lists.list();
    const later = await create(list, 'Später; $(id)');
    const { task: urgent } = await createTask(list, { title: 'Urgent', priority: 0 });
    const done = await create(list, 'Done');
    await closeTask(list, done);
    const ready = [
      { name: urgent.key, text: 'Urgent' },
      { name: later, text: 'Später; $(id)' },
    ];
    const parts = [{ queue: 'ready' }, { status: 'completed' }] as const;
    expect(await offered(list, { parts })).toEqual([...ready, { name: done, text: 'Done' }]);
    expect(await offered(list, { parts: [{ status: 'pending' }] }, 1)).toEqual([ready[0]]);
  });

  test('the entries of a registry are offered by slug and name', async () => {
    const list = await lists.list();
    for (const entries of ['clients', 'projects', 'infrastructure'] as const) {
      expect(await offered(list, { entries })).toEqual([]);
    }
  });
}
