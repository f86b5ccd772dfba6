import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { queuedElsewhere } from '../../lib/outbox/elsewhere.ts';
import { addEntry, readQueue, tidyQueue } from '../../lib/outbox/queue.ts';
import { queueBeside } from '../../lib/outbox/queue-folder.ts';
import { replay } from '../../lib/outbox/replay.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { useTestLists } from '../conformance/test-lists.ts';
import { sqlite } from '../engines/engines.ts';
import { entryOf, queueUp, testQueue } from './test-queue.ts';

const lists = useTestLists(sqlite, 'outbox-many');
const size = Number(process.env.DOCKET_TEST_OUTBOX_ENTRIES ?? 100);

test(`a queue of ${size} changes arrives whole and in its order, as far as its time goes`, async () => {
  const list = await lists.list();
  const { task } = await createTask(list, { title: 'Task' });
  const queue = testQueue(list);
  const texts = Array.from({ length: size }, (_, index) => `note ${index}`);
  for (const text of texts) queueUp(queue, list, 'note', { input: { task: task.key, text } });
  const none = await replay(list, queue, { budget: 0 });
  expect(none).toEqual({ arrived: 0, kept: 0, left: size });
  const begun = performance.now();
  const sent = await replay(list, queue, { budget: 600_000 });
  expect(sent).toEqual({ arrived: size, kept: 0, left: 0 });
  const took = performance.now() - begun;
  const rows = await list.store.db.query(
    `SELECT n.body FROM task_events e JOIN task_notes n ON e.new_value LIKE '%' || n.id || '%'
     WHERE e.verb = 'noted' AND e.workspace_id = ? ORDER BY e.seq`,
    [list.workspaceId],
  );
  expect(rows.map(({ body }) => body)).toEqual(texts);
  if (process.env.DOCKET_TEST_OUTBOX_ENTRIES !== undefined) {
    process.stderr.write(`${size} queued notes arrived in ${Math.round(took)} ms\n`);
  }
});

test('what a process that was killed has left goes away, and what another one writes stays', () => {
  const queue = testQueue({ workspaceId: 'w' });
  mkdirSync(queue.folder, { recursive: true });
  // No process has this id.
  const [dead, live] = ['.000001-x.json.4194999', `.000001-y.json.${process.pid}`];
  for (const name of [dead, live]) writeFileSync(join(queue.folder, name), 'half');
  writeFileSync(join(queue.folder, '000009-z.kept'), '{}');
  tidyQueue(queue, Date.now());
  expect(readdirSync(queue.folder)).toEqual([live]);
  const old = new Date(Date.now() - 7_200_000);
  utimesSync(join(queue.folder, live), old, old);
  tidyQueue(queue, Date.now());
  expect(existsSync(queue.folder)).toBe(false);
});

test('changes stand in the order in which they were queued', () => {
  const queue = testQueue({ workspaceId: 'w' });
  const scope = { workspaceId: 'w', worker: { session: 's', agent: 'main', actor: 'a' } };
  const entries = ['a', 'b', 'c'].map((text) => entryOf(scope, 'note', { input: { text } }));
  for (const entry of entries) addEntry(queue, entry);
  const found = readQueue(queue).map((item) => 'entry' in item && item.entry.requestId);
  expect(found).toEqual(entries.map(({ requestId }) => requestId));
});

test('what is queued for a list elsewhere is found where the first of its files is damaged', () => {
  const here = testQueue({ workspaceId: 'w' });
  const there = queueBeside(here, 'another database');
  const scope = { workspaceId: 'w', worker: { session: 's', agent: 'main', actor: 'a' } };
  for (const text of ['cut', 'whole']) {
    queueUp(there, scope, 'note', { input: { text }, database: there.list.database });
  }
  const [first = ''] = readdirSync(there.folder).sort();
  writeFileSync(join(there.folder, first), '{"format":1,"requ');
  expect(queuedElsewhere(here)).toEqual([{ database: 'another database', count: 2 }]);
  expect(queuedElsewhere({ ...here, list: { ...here.list, workspace: 'v' } })).toEqual([]);
});
