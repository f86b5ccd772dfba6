import { expect, test } from 'vitest';
import { readQueue } from '../../../lib/outbox/queue.ts';
import { replay } from '../../../lib/outbox/replay.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { makeId } from '../../../lib/tracker/ids.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { cancelTask } from '../../../lib/tracker/tasks/close.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { queueUp, testQueue } from '../../outbox/test-queue.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

const budget = 60_000;

/** Queued changes that would make what is there already: they must not hold up those behind them. */
export function thereAlreadySuite(lists: TestLists): void {
  test('a queued task whose key an archived one has is kept, and the rest goes on', async () => {
    const list = await lists.list();
    const [old, open] = [await create(list, 'Old'), await create(list, 'Open')];
    await cancelTask(list, old, {});
    await archiveTasks(list, { olderThan: -60_000, keep: 0 });
    const queue = testQueue(list);
    queueUp(queue, list, 'create', { input: { title: 'Same key' }, makes: [old] });
    queueUp(queue, list, 'note', { input: { task: open, text: 'goes on' } });
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 1, kept: 1, left: 0 });
    expect(readQueue(queue).map((item) => item.kind === 'kept' && item.kept.reason)).toEqual([
      `the key ${old} was given to another task meanwhile`,
    ]);
  });

  test('a queued change whose request was done without the queue is kept, and the rest goes on', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const requestId = makeId();
    await addNote({ ...list, requestId }, key, 'once');
    const queue = testQueue(list);
    queueUp(queue, list, 'note', { requestId, input: { task: key, text: 'once' } });
    queueUp(queue, list, 'note', { input: { task: key, text: 'goes on' } });
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 1, kept: 1, left: 0 });
    expect(readQueue(queue).map((item) => item.kind === 'kept' && item.kept.reason)).toEqual([
      'the same request has made it already',
    ]);
    const { notes } = await showTask(list, key);
    expect(notes.map(({ text }) => text)).toEqual(['once', 'goes on']);
  });
}
