import { expect, test } from 'vitest';
import { clientOperations } from '../../../lib/operations/client.ts';
import { eventsWithTasks } from '../../../lib/tracker/reads/events-with-tasks.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

export function eventsWithTasksSuite(lists: TestLists): void {
  test('an event comes with its task as it is now, and says whom that is for', async () => {
    const list = await lists.list();
    await clientOperations.add.run({ scope: list, env: {} }, { name: 'Acme' });
    const { seq: begun } = await eventsWithTasks(list, 0, { limit: 1 });
    const scope = { ...list, mode: { mode: 'msp', client: 'acme' } as const };
    const key = await create(scope, 'Mend the roof');
    await closeTask(list, key, { outcome: 'Done' });
    const { events, seq } = await eventsWithTasks(list, begun, { limit: 10 });
    const about = {
      ...{ key, title: 'Mend the roof', status: 'completed', type: 'implementation' },
      ...{ priority: 2, client: 'acme', project: null },
    };
    const told = events.filter(({ task }) => task !== null);
    expect(told[0]).toMatchObject({ seq: begun + 1, verb: 'created', task: key });
    expect(told.map((event) => event.about)).toEqual(told.map(() => about));
    expect(await eventsWithTasks(list, seq, { limit: 10 })).toEqual({ events: [], seq });
  });

  test('an event that is about no task has none', async () => {
    const list = await lists.list();
    await clientOperations.add.run({ scope: list, env: {} }, { name: 'Acme' });
    const { events } = await eventsWithTasks(list, 0, { limit: 10 });
    expect(events).toMatchObject([{ seq: 1, verb: 'added', task: null, about: null }]);
  });
}
