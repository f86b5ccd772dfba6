import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { sinceOf, tellList } from '../../../lib/briefing/tell-list.ts';
import { absenceAt, knownOf } from '../../../lib/model/prompt/known.ts';
import type { Since } from '../../../lib/model/prompt/news.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { claim, create, createContainer, isReady, need, statusOf } from '../agents/steps.ts';
import { as, scopeOf, type TestLists } from '../test-lists.ts';

function move(list: Scope, key: string, parent: string) {
  return updateTask(list, key, { patch: {}, parent });
}

async function expectRefused(list: Scope, [key, parent]: readonly [string, string], code: string) {
  const before = (await readLog(list, { limit: 1 })).events[0]?.seq;
  await expect(move(list, key, parent)).rejects.toMatchObject({ code });
  expect((await readLog(list, { limit: 1 })).events[0]?.seq).toBe(before);
}

export function moveSuite(lists: TestLists): void {
  test('a task goes below another with all that is below it, and its old keys still find it', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    const deep = await create(list, 'Deep', { parent: `${key}.2` });
    await addNote(list, deep, 'halfway');
    const parent = await createContainer(list, 3);
    const { task, moved } = await move(list, key, parent);
    expect(moved).toEqual({ from: key, below: 3, parentReleased: false });
    expect(task).toMatchObject({ key: `${parent}.4`, parent, title: 'Whole', subtaskCount: 2 });
    const found = await showTask(list, deep.toUpperCase());
    expect(found.task.key).toBe(`${parent}.4.2.1`);
    expect(found.notes).toMatchObject([{ text: 'halfway' }]);
    // A new subtask is named by the new key, and the old one goes on with it.
    const { task: next } = await createTask(list, { title: 'Next' }, { parent: key });
    expect(next.key).toBe(`${parent}.4.3`);
    const { events } = await readLog(list, { key, limit: 1 });
    expect(events).toMatchObject([
      { verb: 'moved', task: task.key, old: { key, parent: null }, new: { key: task.key, parent } },
    ]);
  });

  test('a subtask goes to the top, and its number is not given again', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 2);
    const { task, moved } = await move(list, `${parent}.2`, '');
    expect(moved).toMatchObject({ from: `${parent}.2`, below: 0 });
    expect(task).toMatchObject({
      parent: null,
      key: expect.stringMatching(/^[a-z0-9]+-[a-z0-9]+$/),
    });
    expect(await create(list, 'Third', { parent })).toBe(`${parent}.3`);
    expect((await showTask(list, `${parent}.2`)).task.key).toBe(task.key);
    expect((await move(list, task.key, parent)).task.key).toBe(`${parent}.4`);
    expect((await showTask(list, task.key)).task.key).toBe(`${parent}.4`);
  });

  test('where it is already it stays, and nothing is recorded', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 1);
    for (const [key, to] of [
      [`${parent}.1`, parent],
      [parent, ''],
    ] as const) {
      expect(await move(list, key, to)).toMatchObject({ moved: null, task: { key } });
    }
    expect((await readLog(list, { limit: 9 })).events.map(({ verb }) => verb)).not.toContain(
      'moved',
    );
  });

  test('fields, place and status change together', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 1);
    const key = await create(list, 'Old');
    const { task } = await updateTask(list, key, {
      ...{ patch: { title: 'New' }, parent },
      status: { status: 'in_progress' },
    });
    expect(task).toMatchObject({ key: `${parent}.2`, title: 'New', status: 'in_progress' });
    expect(await statusOf(list, parent)).toBe('in_progress');
  });

  test('a container that its last open subtask leaves is done, and what waits for it is ready', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 2);
    const after = await create(list, 'After', { needs: [parent] });
    await closeTask(list, `${parent}.1`);
    const { followed, nowReady } = await move(list, `${parent}.2`, '');
    expect(followed).toEqual([{ key: parent, status: 'completed' }]);
    expect(nowReady).toContain(after);
    // And the other way round it is open again.
    const other = await create(list, 'Other');
    expect((await move(list, other, parent)).followed).toEqual([
      { key: parent, status: 'in_progress' },
    ]);
    expect(await isReady(list, after)).toBe(false);
  });

  test('a container that its only subtask leaves is a leaf again, which has not begun', async () => {
    const list = await lists.list();
    const top = await create(list, 'Top');
    const parent = await create(list, 'Parent', { parent: top });
    const key = await create(list, 'Only', { parent });
    await claim(list, key);
    const { nowReady, followed } = await move(list, key, '');
    expect(nowReady).toEqual([parent]);
    expect(followed).toContainEqual({ key: parent, status: 'pending' });
    expect((await showTask(list, parent)).task).toMatchObject({
      status: 'pending',
      ready: true,
      startedAt: null,
    });
    expect((await showTask(list, top)).task).toMatchObject({ status: 'pending', startedAt: null });
  });

  test('a claim and a block go along, whoever holds it', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 1);
    const key = await createContainer(list, 2);
    await claim(as(list, 'bob'), `${key}.1`);
    await blockTask(list, `${key}.2`, { reason: 'the vendor' });
    await move(list, key, parent);
    const held = (await showTask(list, `${key}.1`)).task;
    expect(held).toMatchObject({ key: `${parent}.2.1`, claim: { session: 'bob-session' } });
    expect((await closeTask(as(list, 'bob'), `${key}.1`)).task.status).toBe('completed');
    expect(await statusOf(list, `${parent}.2.2`)).toBe('blocked');
  });

  test('a leaf that gets it gives its claim up, and only its holder may do that', async () => {
    const list = await lists.list();
    const parent = await create(list, 'Parent');
    const key = await create(list, 'Task');
    await claim(list, parent);
    await expectRefused(as(list, 'bob'), [key, parent], 'already_claimed');
    await expectRefused(as(list, 'alice', 'helper'), [key, parent], 'already_claimed');
    expect((await move(list, key, parent)).moved).toMatchObject({ parentReleased: true });
    expect((await showTask(list, parent)).task).toMatchObject({ claim: null, subtaskCount: 1 });
  });

  test('what its new container needs, it waits for, and what its old one needs no more', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const parent = await createContainer(list, 1);
    await need(list, parent, first);
    const key = await createContainer(list, 1);
    await move(list, key, parent);
    expect((await showTask(list, `${key}.1`)).task).toMatchObject({
      ready: false,
      blockers: [first],
    });
    expect((await move(list, key, '')).nowReady).toHaveLength(1);
    expect(await isReady(list, `${key}.1`)).toBe(true);
  });

  test('it does not go below itself, nor where it would wait for itself', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    const deep = await create(list, 'Deep', { parent: `${key}.1` });
    await expectRefused(list, [key, key], 'cycle');
    await expectRefused(list, [key, deep], 'cycle');
    const other = await createContainer(list, 1);
    await need(list, `${key}.2`, other);
    await expectRefused(list, [key, other], 'cycle');
    const needing = await create(list, 'Needing', { needs: [key] });
    await expectRefused(list, [key, needing], 'cycle');
    // One subtask may need another.
    expect((await move(list, other, key)).task.key).toBe(`${key}.3`);
    const between = await create(list, 'Between', { needs: [key] });
    const last = await createContainer(list, 1);
    await need(list, last, between);
    await expect(move(list, key, last)).rejects.toMatchObject({
      code: 'cycle',
      message: expect.stringContaining(`${between} needs ${key}`),
    });
    expect((await showTask(list, key)).task.key).toBe(key);
  });

  test('it stays in its list, and goes no deeper than keys do', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 1);
    const id = randomUUID();
    await ensureWorkspace(list.store, { id, slug: 'api' }, 'alice@one');
    const there = await create(scopeOf(list.store, id), 'There');
    await expectRefused(list, [key, there], 'conflict');
    await expectRefused(list, [key, 'web-none'], 'not_found');
    await expectRefused(list, [key, ' '], 'not_found');
    let deepest = await create(list, 'Deep');
    while (deepest.length < 77) deepest = await create(list, 'Deeper', { parent: deepest });
    await expectRefused(list, [key, deepest], 'invalid_input');
  });

  test('what is over makes no leaf a container, as that would be over with it', async () => {
    const list = await lists.list();
    const parent = await create(list, 'Parent');
    const key = await create(list, 'Task');
    await cancelTask(list, key);
    await expectRefused(list, [key, parent], 'invalid_transition');
    await closeTask(list, parent);
    await expectRefused(list, [await create(list, 'New'), parent], 'invalid_transition');
    const container = await createContainer(list, 1);
    expect((await move(list, key, container)).task.status).toBe('cancelled');
    expect(await statusOf(list, container)).toBe('pending');
  });

  test('a tree stays for one client, and the bills follow', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
    const make = async (title: string, client?: string, parent?: string) =>
      (await createTask(list, { title, client, billable: true }, { parent })).task.key;
    const parent = await make('Parent', 'Acme');
    const step = await make('Step', undefined, parent);
    const done = await make('Done', undefined, parent);
    await closeTask(list, done);
    const key = await create(list, 'Of nobody');
    await expectRefused(list, [key, parent], 'invalid_input');
    const given = await updateTask(list, key, { patch: { client: 'Acme' }, parent });
    expect(given.task).toMatchObject({ parent, client: 'acme' });
    // Alone it is billed alone, and below another task with that.
    const alone = await move(list, done, '');
    expect(alone.workItems).toMatchObject([{ task: alone.task.key }]);
    await move(list, done, parent);
    await cancelTask(list, key);
    expect((await closeTask(list, step)).workItems).toMatchObject([{ task: parent }]);
  });

  test('it is not undone but moved back, as the refusal says', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 2);
    const { task } = await move(list, `${parent}.2`, '');
    await expect(undoLast(list)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`the move of ${task.key}`),
      hint: `docket update ${task.key} --parent ${parent} moves it back`,
    });
  });

  test('the next prompt tells the whole list, with the new keys', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 1);
    const key = await create(list, 'Task');
    const prompt = async (since?: Since) => {
      const reading = await readPromptList(lists.connection(), {
        ...{ workspaceId: list.workspaceId, sessionId: list.worker.session, since },
        open: { mode: 'read', busyTimeout: 20 },
      });
      if (reading === undefined) throw new Error('there is no list');
      return reading;
    };
    const { list: before } = await prompt();
    const shown = new Set(before.ready.map((each) => each.key));
    const known = knownOf(before, shown, absenceAt(before, list.probe));
    // What the reader was not shown may move, too.
    for (const each of [known, { ...known, tasks: known.tasks.slice(0, 1) }]) {
      const { task } = await move(list, key, (await showTask(list, key)).task.parent ? '' : parent);
      const reading = await prompt(sinceOf(each));
      const reader = { actor: 'alice@one', session: 'alice-session', probe: list.probe };
      const told = tellList(reading, { known: each, reader, isOwn: () => true });
      expect(told.text).toContain('<docket workspace=');
      expect(told.text).toContain(task.key);
      expect(told.known.tasks.map((one) => one.key)).toContain(task.key);
    }
  });
}
