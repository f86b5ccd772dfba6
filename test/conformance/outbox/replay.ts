import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Queue, readQueue, releaseEntry } from '../../../lib/outbox/queue.ts';
import { replay } from '../../../lib/outbox/replay.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { eventsSince } from '../../../lib/tracker/reads/events-since.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { queueUp, testQueue } from '../../outbox/test-queue.ts';
import { claim, create } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';

const budget = 60_000;
const minute = 60_000;

/** What becomes of changes that were queued while the database was away. */
export function replaySuite(lists: TestLists): void {
  test('queued changes arrive in their order, as their workers, with their ids and keys', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const [held, reported] = [await create(list, 'Held'), await create(bob, 'Reported')];
    await claim(list, held);
    await claim(bob, reported);
    const { seq: before } = await eventsSince(list, 0, { limit: 100 });
    const queue = testQueue(list);
    const made = keyOf(held, 'abcdef');
    const requests = [
      queueUp(queue, list, 'create', { input: { title: 'New', needs: [held] }, makes: [made] }),
      queueUp(queue, bob, 'note', { input: { task: made, text: 'mine to do' } }),
      queueUp(queue, list, 'create', {
        input: { title: 'Part', parent: made },
        makes: [`${made}.1`],
      }),
      queueUp(queue, list, 'close', {
        input: { task: held, outcome: 'Done', follow_ups: [{ title: 'Tidy up' }] },
        makes: [keyOf(held, 'tidyup')],
        needsClaim: true,
      }),
      queueUp(queue, bob, 'report', {
        input: { task: reported, report: { status: 'blocked', blockers: ['no key'] } },
        needsClaim: true,
      }),
      queueUp(queue, bob, 'block', { input: { task: `${made}.1`, reason: 'no part' } }),
    ];
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 6, kept: 0, left: 0 });
    expect(existsSync(queue.folder)).toBe(false);
    const { events } = await eventsSince(list, before, { limit: 100 });
    const verbs = events.map(({ verb, task, actor }) => `${verb} ${task} ${actor}`);
    expect(verbs).toEqual([
      `created ${made} alice@one`,
      `linked ${made} alice@one`,
      `noted ${made} bob@two`,
      `created ${made}.1 alice@one`,
      `completed ${held} alice@one`,
      `created ${keyOf(held, 'tidyup')} alice@one`,
      `linked ${keyOf(held, 'tidyup')} alice@one`,
      `blocked ${reported} bob@two`,
      `blocked ${made}.1 bob@two`,
      `blocked ${made} bob@two`,
    ]);
    expect(await doneRequests(list)).toEqual(requests.map(({ requestId }) => requestId).sort());
  });

  test('a change that is sent again, after a kill say, is done once', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const queue = testQueue(list);
    queueUp(queue, list, 'note', { input: { task: key, text: 'once' } });
    queueUp(queue, list, 'create', { input: { title: 'Once' }, makes: [keyOf(key, 'nceabc')] });
    cpSync(queue.folder, `${queue.folder}-before`, { recursive: true });
    await replay(list, queue, { budget });
    const { seq } = await eventsSince(list, 0, { limit: 100 });
    renameSync(`${queue.folder}-before`, queue.folder);
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 2, kept: 0, left: 0 });
    expect((await eventsSince(list, 0, { limit: 100 })).seq).toBe(seq);
    expect((await showTask(list, key)).notes.map(({ text }) => text)).toEqual(['once']);
  });

  test('four who send at once do each change once, and in order', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const queue = testQueue(list);
    const texts = Array.from({ length: 12 }, (_, index) => `note ${index}`);
    for (const text of texts) queueUp(queue, list, 'note', { input: { task: key, text } });
    for (let copy = 1; copy < 4; copy += 1) {
      cpSync(queue.folder, `${queue.folder}-${copy}`, { recursive: true });
    }
    const { openStore } = await import('../../../lib/tracker/database/open.ts');
    await Promise.all(
      [queue, ...[1, 2, 3].map((copy) => ({ ...queue, folder: `${queue.folder}-${copy}` }))].map(
        async (each) => {
          const store = await openStore(lists.connection());
          const sent = await replay({ ...list, store }, each, { budget });
          await store.close();
          expect(sent).toEqual({ arrived: 12, kept: 0, left: 0 });
        },
      ),
    );
    const { events } = await eventsSince(list, 0, { limit: 100 });
    expect(events.filter(({ verb }) => verb === 'noted')).toHaveLength(12);
    expect((await showTask(list, key)).notes.map(({ text }) => text).sort()).toEqual(texts.sort());
  });

  test('a task and a note keep the time when they were made; the history has when they arrived', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const key = keyOf(first, 'thenab');
    const queue = testQueue(list);
    const at = Date.now() - 90 * minute;
    queueUp(queue, list, 'create', { input: { title: 'Then' }, makes: [key], at });
    queueUp(queue, list, 'note', { input: { task: key, text: 'later' }, at: at + minute });
    await replay(list, queue, { budget });
    const { task, notes } = await showTask(list, key);
    const { events } = await eventsSince(list, 0, { limit: 10 });
    const arrived = Date.parse(events[1]?.createdAt ?? '');
    expect(arrived - Date.parse(task.createdAt)).toBeGreaterThanOrEqual(90 * minute);
    expect(arrived - Date.parse(task.createdAt)).toBeLessThan(95 * minute);
    expect(Date.parse(notes[0]?.createdAt ?? '')).toBeGreaterThan(Date.parse(task.createdAt));
    const rows = await list.store.db.query(
      'SELECT seq, made_at FROM applied_requests WHERE workspace_id = ? ORDER BY seq',
      [list.workspaceId],
    );
    expect(rows.map(({ seq }) => seq)).toEqual([2, 3]);
  });

  test('what conflicts is kept with its reason, with what follows it, and the rest goes on', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const [closed, taken, freed, free] = [
      await create(list, 'Closed'),
      await create(list, 'Taken'),
      await create(list, 'Freed'),
      await create(list, 'Free'),
    ];
    await claim(list, closed, taken, freed);
    const queue = testQueue(list);
    const close = (task: string) =>
      queueUp(queue, list, 'close', { input: { task, outcome: 'Mine' }, needsClaim: true });
    close(closed);
    close(taken);
    close(freed);
    queueUp(queue, list, 'note', { input: { task: 'web-zzzzzz', text: 'gone' } });
    queueUp(queue, list, 'create', { input: { title: 'Same key' }, makes: [free] });
    queueUp(queue, list, 'note', { input: { task: free, text: 'of the queued task' } });
    queueUp(queue, list, 'block', { input: { task: taken, reason: 'no part' } });
    queueUp(queue, list, 'note', { input: { task: closed, text: 'goes on' } });
    await closeTask(bob, closed, { force: true });
    await claimTask(bob, taken, { steal: true, force: true });
    await releaseTask(bob, freed, { force: true });
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 1, kept: 7, left: 0 });
    const reasons = readQueue(queue).map((item) => (item.kind === 'kept' ? item.kept.reason : ''));
    expect(reasons).toEqual([
      `${closed} was completed meanwhile`,
      expect.stringContaining(`${taken} is claimed by bob`),
      `${freed} is no longer yours: its claim has ended`,
      'no task has the key "web-zzzzzz"',
      `the key ${free} was given to another task meanwhile`,
      expect.stringMatching(/^it follows \w{6}, which is kept$/),
      expect.stringMatching(/^it follows \w{6}, which is kept$/),
    ]);
    expect((await showTask(list, closed)).notes.map(({ text }) => text)).toEqual(['goes on']);
    await claimTask(list, freed);
    for (const item of readQueue(queue)) releaseEntry(queue, item);
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 1, kept: 6, left: 0 });
    expect((await showTask(list, freed)).task.status).toBe('completed');
  });

  test('a damaged file and one of a newer docket stay as they are, and are told', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const queue = testQueue(list);
    for (const text of ['cut', 'edited', 'newer', 'whole']) {
      queueUp(queue, list, 'note', { input: { task: key, text } });
    }
    const [cut = '', edited = '', newer = ''] = filesOf(queue);
    writeFileSync(cut, '{"format":1,"requ');
    appendFileSync(edited, 'x');
    writeFileSync(edited, '{}\n');
    await writeNewer(newer);
    writeFileSync(join(queue.folder, 'notes.json'), 'a stranger\n');
    expect(await replay(list, queue, { budget })).toEqual({ arrived: 1, kept: 0, left: 0 });
    expect(readQueue(queue).map(({ kind }) => kind)).toEqual([
      ...['damaged', 'damaged', 'newer', 'damaged'],
    ]);
    expect((await showTask(list, key)).notes.map(({ text }) => text)).toEqual(['whole']);
  });
}

/** Makes a key of the list that another one is of: lists of one database have their own slugs. */
function keyOf(other: string, part: string): string {
  return `${other.slice(0, other.lastIndexOf('-'))}-${part}`;
}

function filesOf({ folder }: Queue): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

async function writeNewer(file: string): Promise<void> {
  const { readFileSync } = await import('node:fs');
  const { createHash } = await import('node:crypto');
  const [line = ''] = readFileSync(file, 'utf8').split('\n');
  const newer = line.replace('{"format":1', '{"format":2');
  writeFileSync(file, `${newer}\n${createHash('sha256').update(newer).digest('hex')}\n`);
}

async function doneRequests({ store, workspaceId }: Scope): Promise<readonly unknown[]> {
  const rows = await store.db.query(
    'SELECT request_id FROM applied_requests WHERE workspace_id = ? ORDER BY request_id',
    [workspaceId],
  );
  return rows.map((row) => row.request_id);
}
