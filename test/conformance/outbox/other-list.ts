import { expect, test } from 'vitest';
import { readQueue } from '../../../lib/outbox/queue.ts';
import { replay } from '../../../lib/outbox/replay.ts';
import { leaveList } from '../../../lib/tracker/moving/leave-list.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { queueUp, testQueue } from '../../outbox/test-queue.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

/** Queued changes of tasks of another list in the same database. */
export function otherListSuite(lists: TestLists): void {
  test('a note on a task of another list that has moved is kept, and takes nothing of this list along', async () => {
    const [list, other] = [await lists.list(), await lists.list()];
    const [own, foreign] = [await create(list, 'Own'), await create(other, 'Foreign')];
    const queue = testQueue(list);
    queueUp(queue, list, 'note', { input: { task: foreign, text: 'there' } });
    queueUp(queue, list, 'note', { input: { task: own, text: 'here' } });
    await leaveList(other.store, other.workspaceId, 'mysql://new.example.com:3306/docket');
    expect(await replay(list, queue, { budget: 60_000 })).toEqual({ arrived: 1, kept: 1, left: 0 });
    expect(readQueue(queue)).toMatchObject([
      {
        kind: 'kept',
        kept: { code: 'list_moved', reason: expect.stringContaining('new.example.com') },
      },
    ]);
    expect((await showTask(list, own)).notes.map(({ text }) => text)).toEqual(['here']);
  });
}
