import { expect, test } from 'vitest';
import { eventsSince } from '../../../lib/tracker/reads/events-since.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { claim, create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

export function eventsSinceSuite(lists: TestLists): void {
  test('a history is read on from an event, in order, and says how far it goes', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { seq: begun } = await eventsSince(list, 0, { limit: 10 });
    await claim(list, key);
    await addNote(list, key, 'Half done');
    await closeTask(list, key, { outcome: 'Done' });
    const { events, seq } = await eventsSince(list, begun, { limit: 10 });
    expect(events.map(({ verb, task }) => [verb, task])).toEqual([
      ['claimed', key],
      ['noted', key],
      ['completed', key],
    ]);
    expect(events[2]?.new).toMatchObject({ outcome: 'Done' });
    expect(events.map((event) => event.seq)).toEqual([begun + 1, begun + 2, begun + 3]);
    expect(seq).toBe(begun + 3);
  });

  test('a long history is read part by part, and nothing comes after its end', async () => {
    const list = await lists.list();
    for (const title of ['One', 'Two', 'Three']) await create(list, title);
    const first = await eventsSince(list, 0, { limit: 2 });
    expect(first.events).toHaveLength(2);
    expect(first.seq).toBe(3);
    const second = await eventsSince(list, first.events[1]?.seq ?? 0, { limit: 2 });
    expect(second.events.map(({ seq }) => seq)).toEqual([3]);
    expect(await eventsSince(list, 3, { limit: 2 })).toEqual({
      events: [],
      seq: 3,
      archivedSeq: 0,
    });
  });

  test('the history of another workspace is not read', async () => {
    const [mine, theirs] = [await lists.list('mine'), await lists.list('theirs')];
    await create(theirs, 'Theirs');
    expect(await eventsSince(mine, 0, { limit: 10 })).toEqual({
      events: [],
      seq: 0,
      archivedSeq: 0,
    });
  });
}
