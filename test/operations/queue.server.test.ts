import { expect, test } from 'vitest';
import type { QueuedAnswer } from '../../lib/model/answers/queued.ts';
import { openDocket } from '../../lib/operations/open-docket.ts';
import { makeId } from '../../lib/tracker/ids.ts';
import { mariadb } from '../engines/engines.ts';
import { listBehindProxy } from '../outbox/behind-proxy.ts';

function queuedOf(answer: object | QueuedAnswer): QueuedAnswer['queued'] {
  return 'queued' in answer ? (answer as QueuedAnswer).queued : expect.unreachable();
}

// Each call waits some seconds for a server that was there a moment ago.
test('a program queues its changes while the server is away, and its next call sends them first', async (context) => {
  const { alice, proxy } = await listBehindProxy(mariadb, context);
  const worker = { actor: 'bob@two', session: 'importer' };
  const docket = await openDocket({ folder: alice.project, env: alice.env, worker, queue: true });
  context.onTestFinished(() => docket.close());
  const held = await alice.create('Held');
  await docket.call('claim', { task: held });
  const online = await docket.call('note', { task: held, text: 'before' });
  if ('queued' in online) return expect.unreachable();
  expect(online.note.text).toBe('before');

  proxy.after(0, 'end');
  const made = queuedOf(await docket.call('create', { title: 'Made offline' })).makes[0] ?? '';
  const requestId = makeId();
  const note = { task: made, text: 'first' };
  const first = queuedOf(await docket.call('note', note, { requestId }));
  expect(first).toMatchObject({ requestId, about: [made], waiting: 2 });
  expect(queuedOf(await docket.call('note', note, { requestId }))).toEqual(first);
  const closed = await docket.call('close', { task: held, outcome: 'Done' });
  expect(queuedOf(closed).waiting).toBe(3);
  await expect(docket.call('claim', { task: made })).rejects.toMatchObject({
    code: 'unreachable',
    hint: expect.stringContaining('Meanwhile create, note, report'),
  });

  proxy.mend();
  const after = await docket.call('note', { task: made, text: 'second' });
  expect('note' in after && after.note.text).toBe('second');
  const shown = await alice.show(made);
  expect(shown.task).toMatchObject({ title: 'Made offline', createdBy: 'bob@two' });
  expect(shown.notes.map(({ text, actor }) => `${text} ${actor}`)).toEqual([
    'first bob@two',
    'second bob@two',
  ]);
  expect((await alice.show(held)).task).toMatchObject({ status: 'completed', outcome: 'Done' });
  expect(await alice.text('outbox')).toBe('Nothing is queued: every change has arrived.');
});

test('a call that was done is repeated while the server is away, and holds up nothing of what is queued', async (context) => {
  const { alice, proxy } = await listBehindProxy(mariadb, context);
  const docket = await openDocket({ folder: alice.project, env: alice.env, queue: true });
  context.onTestFinished(() => docket.close());
  const task = await alice.create('Task');
  const requestId = makeId();
  const once = () => docket.call('note', { task, text: 'once' }, { requestId });
  await once();
  proxy.after(0, 'end');
  expect(queuedOf(await once())).toMatchObject({ requestId, waiting: 1 });
  proxy.mend();
  await docket.call('note', { task, text: 'after' });
  expect((await alice.show(task)).notes.map(({ text }) => text)).toEqual(['once', 'after']);
  expect(await alice.text('outbox')).toBe('Nothing is queued: every change has arrived.');
});
