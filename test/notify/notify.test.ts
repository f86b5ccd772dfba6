import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { viewDead } from '../../lib/notify/view.ts';
import { freePort } from '../engines/free-port.ts';
import { openNotifiedList, until } from './notified-list.ts';
import { startReceiver } from './receiver.ts';

test('a target begins with what happens from then on, and goes on where it was', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver();
  const telling = list.telling([{ url: receiver.url }]);
  await list.create('Before');
  const lines: string[] = [];
  await list.once(telling, { tell: (line) => lines.push(line) });
  expect(lines).toEqual([
    'a: begins now, after event 1; docket notify --from 0 sends those before as well',
  ]);
  await list.create('One', 'Two');
  const [sent] = await list.once(telling);
  expect(sent).toMatchObject({ sent: 2, cursor: 3, state: 'ready' });
  await list.create('Three');
  await list.once(telling);
  expect(receiver.seqs()).toEqual([2, 3, 4]);
  await list.once(telling, { from: 1 });
  expect(receiver.seqs()).toEqual([2, 3, 4, 2, 3, 4]);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(3);
  await expect(list.once(telling, { from: 9 })).rejects.toMatchObject({ code: 'usage' });
});

test('events are sent as they happen, until it is stopped, and then from there on', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver();
  const telling = list.telling([{ url: receiver.url }]);
  const first = await list.begin(telling);
  await until(() => first.lines.length > 0);
  await list.create('One', 'Two');
  await until(() => receiver.received.length === 2);
  expect(await first.stop()).toMatchObject([{ sent: 2, cursor: 2 }]);
  await list.create('Three');
  const second = await list.begin(telling);
  await until(() => receiver.received.length === 3);
  await second.stop();
  expect(receiver.seqs()).toEqual([1, 2, 3]);
});

test('a target that is slow, or away, does not hold others', async () => {
  const list = await openNotifiedList();
  const fast = await startReceiver();
  const slow = await startReceiver(() => {});
  const away = `http://127.0.0.1:${await freePort()}/`;
  const telling = list.telling([{ url: slow.url }, { url: away }, { url: fast.url }]);
  await list.once(telling);
  const running = await list.begin(telling, { from: 0, http: { graceMs: 1, timeoutMs: 600_000 } });
  await list.plan(100);
  const { seq: newest } = await list.docket.eventsSince(0, { limit: 1 });
  await until(() => fast.received.length === newest);
  expect(newest).toBeGreaterThan(100);
  expect(fast.seqs()).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
  expect(slow.received).toHaveLength(1);
  await slow.close();
  const [slowView, awayView, fastView] = await running.stop();
  expect(fastView).toMatchObject({ sent: newest, cursor: newest });
  expect(slowView?.cursor).toBe(0);
  expect(awayView).toMatchObject({ sent: 0, cursor: 0, state: 'waiting' });
  expect(awayView?.reason).toContain('ECONNREFUSED');
});

test.each([[500], [429], [503], [302], [404], [408]])(
  'an event that is answered by %i is tried again, before those after it',
  async (status) => {
    const list = await openNotifiedList();
    const receiver = await startReceiver((response, _, { count }) =>
      response.writeHead(count <= 2 ? status : 200, { location: 'http://127.0.0.1:1/' }).end('{}'),
    );
    await list.create('One', 'Two');
    const running = await list.begin(list.telling([{ url: receiver.url }]), { from: 0 });
    await until(() => receiver.received.length >= 4);
    await running.stop();
    expect(receiver.seqs()).toEqual([1, 1, 1, 2]);
    expect(running.lines.map((line) => line.replace(/: it answers .*/, ''))).toEqual([
      'a: does not accept event 1',
      'a: accepts events again',
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  },
);

test('an event that is refused again and again is given up and kept, and the next one is sent', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver((response, { seq }) =>
    response.writeHead(seq === 1 ? 400 : seq === 2 ? 500 : 200).end(),
  );
  await list.create('Refused', 'Failed', 'Fine');
  const telling = list.telling([{ url: receiver.url }]);
  const running = await list.begin(telling, { from: 0 });
  await until(() => receiver.received.length === 8);
  expect(await running.stop()).toMatchObject([{ sent: 1, cursor: 3, dead: 2, state: 'ready' }]);
  expect(receiver.seqs()).toEqual([1, 1, 1, 2, 2, 2, 2, 3]);
  expect(viewDead(telling)).toMatchObject([
    { target: 'a', seq: 1, verb: 'created', title: 'Refused', reason: 'it answers 400' },
    { target: 'a', seq: 2, title: 'Failed', reason: 'it answers 500' },
  ]);
});

test('the tries of an event count on in the next process', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver((response) => response.writeHead(422).end());
  await list.create('Refused');
  const telling = list.telling([{ url: receiver.url }]);
  const states: unknown[] = [];
  const patience = { first: 0, longest: 0, longestAsked: 0, refused: 3, failed: 3 };
  for (const from of [0, undefined, undefined, undefined]) {
    states.push((await list.once(telling, { from, patience }))[0]);
  }
  expect(states).toMatchObject([
    { state: 'waiting', cursor: 0, reason: 'it answers 422', dead: 0 },
    { state: 'waiting', cursor: 0, dead: 0 },
    { state: 'ready', cursor: 1, reason: null, dead: 1 },
    { state: 'ready', cursor: 1 },
  ]);
  expect(receiver.received).toHaveLength(3);
});

test('what is not due yet is left alone by --once, and asked for at once by a new process', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver((response, _, { count }) =>
    response.writeHead(count === 1 ? 429 : 200, { 'retry-after': '900' }).end(),
  );
  await list.create('One');
  const telling = list.telling([{ url: receiver.url }]);
  const patience = { first: 1, longest: 1, longestAsked: 3_600_000, refused: 3, failed: 3 };
  const [asked] = await list.once(telling, { from: 0, patience });
  const left = Date.parse(asked?.nextAt ?? '') - Date.now();
  expect(left).toBeGreaterThan(600_000);
  expect(left).toBeLessThan(901_000);
  expect(await list.once(telling, { patience })).toMatchObject([{ state: 'waiting', cursor: 0 }]);
  expect(receiver.received).toHaveLength(1);
  const running = await list.begin(telling, { patience });
  await until(() => receiver.received.length === 2);
  expect(await running.stop()).toMatchObject([{ cursor: 1, state: 'ready' }]);
});

test('a target that answers 410 is left alone for a day, and loses nothing', async () => {
  const list = await openNotifiedList();
  let status = 410;
  const receiver = await startReceiver((response) => response.writeHead(status).end());
  await list.create('One', 'Two');
  const telling = list.telling([{ url: receiver.url }]);
  const running = await list.begin(telling, { from: 0 });
  await until(() => running.lines.length > 0);
  expect(running.lines).toEqual(['a: it answers 410, that it wants no more: waiting for a day']);
  const [gone] = await running.stop();
  expect(gone).toMatchObject({ state: 'gone', cursor: 0, dead: 0 });
  expect(Date.parse(gone?.nextAt ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
  status = 200;
  expect(await list.once(telling)).toMatchObject([{ state: 'gone' }]);
  expect(receiver.received).toHaveLength(1);
  // A person who starts it anew has it asked at once.
  const again = await list.begin(telling);
  await until(() => receiver.received.length === 3);
  expect(await again.stop()).toMatchObject([{ state: 'ready', cursor: 2 }]);
});

test('events that are not for a target are passed over, and stay so', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver();
  const [bug = '', other = ''] = await list.create('Bug', 'Other');
  await list.docket.call('update', { task: bug, task_type: 'bugfix' });
  for (const task of [bug, other]) await list.docket.call('close', { task, outcome: 'done' });
  const telling = list.telling([{ url: receiver.url, verbs: ['completed'], types: ['bugfix'] }]);
  const [view] = await list.once(telling, { from: 0 });
  expect(view).toMatchObject({ sent: 1, state: 'ready' });
  const { seq: newest } = await list.docket.eventsSince(0, { limit: 1 });
  expect(view?.cursor).toBe(newest);
  const [{ body = '' } = {}] = receiver.received;
  expect(JSON.parse(body)).toMatchObject({
    type: 'task.completed',
    data: { task: { key: bug, type: 'bugfix', status: 'completed', client: null } },
  });
});

test('a list that was restored to an earlier state goes on from there', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver();
  await list.create('One');
  const telling = list.telling([{ url: receiver.url }]);
  writeFileSync(join(list.folder, 'a.json'), '{"cursor":40}');
  const lines: string[] = [];
  await list.once(telling, { tell: (line) => lines.push(line) });
  expect(lines).toEqual([
    'a: was told event 40, and the list ends with 1: it was restored, and goes on from there',
  ]);
  await list.create('Two');
  await list.once(telling);
  expect(receiver.seqs()).toEqual([2]);
});

test('a memory that is broken is refused, and not taken for none', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver();
  const telling = list.telling([{ url: receiver.url }]);
  for (const text of ['', '{"cursor":', '{"cursor":"7"}', 'null']) {
    writeFileSync(join(list.folder, 'a.json'), text);
    await expect(list.once(telling)).rejects.toMatchObject({ code: 'invalid_config' });
    expect(readFileSync(join(list.folder, 'a.json'), 'utf8')).toBe(text);
  }
});

test('whoever ends it waits no longer than a message may take', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver((response) =>
    setTimeout(() => response.writeHead(200).end(), 300),
  );
  await list.create('One', 'Two');
  const patiently = { from: 0, http: { graceMs: 60_000 } };
  const running = await list.begin(list.telling([{ url: receiver.url }]), patiently);
  await until(() => receiver.received.length === 1);
  // The message that is under way is finished, and the next one is not begun.
  expect(await running.stop()).toMatchObject([{ sent: 1, cursor: 1 }]);
  expect(receiver.received).toHaveLength(1);
  const hanging = await startReceiver(() => {});
  const second = await list.begin(list.telling([{ url: hanging.url }]), { from: 0 });
  await until(() => hanging.received.length === 1);
  expect(await second.stop()).toMatchObject([{ sent: 0, cursor: 0, dead: 0, reason: null }]);
});
