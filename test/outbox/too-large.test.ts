import { expect, test } from 'vitest';
import { mainAgent } from '../../lib/model/worker.ts';
import { addEntry, readQueue } from '../../lib/outbox/queue.ts';
import { entryOf, testQueue } from './test-queue.ts';

test('a change that is too large to be read again is refused, and not acknowledged', () => {
  const list = {
    workspaceId: '01890000-0000-7000-8000-000000000001',
    worker: { session: 'session-a', agent: mainAgent, actor: 'alice@one' },
  };
  const queue = testQueue(list);
  const closing = (count: number) => {
    const followUp = {
      title: 'Later',
      description: 'x'.repeat(60_000),
      task_context: { x: 'x'.repeat(250_000) },
    };
    const follow_ups = Array.from({ length: count }, () => followUp);
    return entryOf(list, 'close', { input: { task: 'web-abcd', follow_ups } });
  };
  expect(() => addEntry(queue, closing(40))).toThrow(/^it has more than \d+ bytes$/);
  addEntry(queue, closing(20));
  expect(readQueue(queue).map(({ kind }) => kind)).toEqual(['waiting']);
});
