import { expect, test } from 'vitest';
import { type PromptList, promptLimits, versionOf } from '../../../lib/model/prompt/list.ts';
import type { Since } from '../../../lib/model/prompt/news.ts';
import { checklist } from '../../../lib/operations/checklist.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { linkTasks } from '../../../lib/tracker/tasks/link.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { claim, create, createContainer } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

export function promptListSuite(lists: TestLists): void {
  const read = async (list: Scope) => (await readSince(list))?.list;
  const readSince = (list: Scope, since?: Since) =>
    readPromptList(lists.connection(), {
      workspaceId: list.workspaceId,
      sessionId: list.worker.session,
      since,
      open: { mode: 'read', busyTimeout: 20 },
    });

  test('a prompt sees everything that is open, by where it stands', async () => {
    const list = await lists.list('prompt');
    const mine = await create(list, 'Mine');
    const theirs = await create(list, 'Theirs');
    const bob = as(list, 'bob', 'tester');
    await claim(list, mine);
    await claim(bob, theirs);
    await addNote(bob, theirs, 'first');
    await addNote(bob, theirs, 'halfway, "quoted" 🦀');
    const blocked = await create(list, 'Blocked');
    await blockTask(list, blocked, { reason: 'the vendor' });
    const { task: urgent } = await createTask(list, { title: 'Urgent', priority: 0 });
    const ready = await create(list, 'Ready');
    await create(list, 'Waiting', { needs: [mine] });
    const done = await create(list, 'Done');
    await closeTask(list, done);
    await startSession(list.store, {
      id: bob.worker.session,
      workspaceId: list.workspaceId,
      actor: 'bob@two',
      host: 'two',
      processScope: 'boot-2',
      processId: 77,
      processStart: '123',
      cwd: '/home/bob/web',
    });
    const prompt = await read(list);
    expect(prompt).toMatchObject({
      slug: expect.stringMatching(/^prompt/),
      seq: 14,
      mine: [{ key: mine, title: 'Mine', priority: 2, session: 'alice-session', lastNote: null }],
      others: [
        {
          key: theirs,
          session: 'bob-session',
          agent: 'tester',
          actor: 'bob@two',
          lastNote: 'halfway, "quoted" 🦀',
          holder: { id: 'bob-session', processScope: 'boot-2', processId: 77, processStart: '123' },
        },
      ],
      blocked: [{ key: blocked, reason: 'the vendor' }],
      ready: [{ key: urgent.key, priority: 0 }, { key: ready }],
      counts: { inProgress: 2, blocked: 1, ready: 2, waiting: 1 },
    });
    expect(prompt?.mine[0]?.holder).toBeNull();
  });

  test('long lists are cut, and counted up to where counting stops', async () => {
    const list = await lists.list();
    for (let part = 0; part < 3; part += 1) await createContainer(list, 35);
    const first = await create(list, 'First');
    for (let count = 0; count < 5; count += 1) {
      await create(list, `Waiting ${count}`, { needs: [first] });
    }
    const prompt = await read(list);
    expect(prompt?.ready).toHaveLength(promptLimits.ready);
    expect(prompt?.ready[0]?.plan).toEqual({ title: 'Whole', done: 0, total: 35 });
    expect(prompt?.counts).toEqual({
      inProgress: 0,
      blocked: 0,
      ready: promptLimits.count,
      waiting: 5,
    });
  });

  test('a step names its container and how many of its steps are done', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 4);
    await closeTask(list, `${key}.1`);
    await cancelTask(list, `${key}.2`);
    await claim(list, `${key}.3`);
    const alone = await create(list, 'Alone');
    const prompt = await read(list);
    const plan = { title: 'Whole', done: 1, total: 3 };
    expect(prompt).toMatchObject({
      mine: [{ key: `${key}.3`, plan }],
      ready: [
        { key: `${key}.4`, plan },
        { key: alone, plan: null },
      ],
    });
  });

  test('the steps of a nested plan are its leaves, as in its checklist', async () => {
    const list = await lists.list();
    const { task } = await createPlan(list, {
      title: 'Whole',
      subtasks: [
        { title: 'Leaf' },
        { title: 'Part', subtasks: [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }] },
        { title: 'Unwanted', subtasks: [{ title: 'Four' }] },
      ],
    });
    await closeTask(list, `${task.key}.2.1`);
    await cancelTask(list, `${task.key}.3.1`);
    const whole = { title: 'Whole', done: 1, total: 4 };
    const part = { title: 'Part', done: 1, total: 3 };
    expect((await read(list))?.ready.map(({ key, plan }) => [key, plan])).toEqual([
      [`${task.key}.1`, whole],
      [`${task.key}.2.2`, part],
      [`${task.key}.2.3`, part],
    ]);
    const { progress } = await call(list, checklist, { task: task.key });
    expect(progress).toMatchObject({ completed: whole.done, pending: whole.total - whole.done });
  });

  test('an empty list is shown as one, and a workspace that is not there as none', async () => {
    const list = await lists.list();
    expect(await read(list)).toMatchObject({ seq: 0, mine: [], ready: [], counts: { ready: 0 } });
    const elsewhere = { ...list, workspaceId: '01890000-0000-7000-8000-000000000000' };
    expect(await read(elsewhere)).toBeUndefined();
  });

  test('a long note is cut where the block would cut it anyway', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claim(list, key);
    await addNote(list, key, '🦀'.repeat(5_000));
    const note = (await read(list))?.mine[0]?.lastNote ?? '';
    expect([...note]).toHaveLength(200);
    expect(new Set(note)).toEqual(new Set(['🦀']));
  });

  test('who knows an earlier list is told how its tasks stand, and who did what since', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const titles = ['done', 'stopped', 'claimed', 'blocked', 'waits', 'split', 'same', 'unknown'];
    const keys: string[] = [];
    for (const title of titles) keys.push(await create(list, title));
    const [done = '', stopped = '', taken = '', stuck = '', waits = '', split = '', same = ''] =
      keys;
    const before = await read(list);
    if (before === undefined) throw new Error('there is no list');
    await closeTask(bob, done, { outcome: `It works. ${'x'.repeat(300)}` });
    await cancelTask(bob, stopped, { reason: 'not needed' });
    await claim(bob, taken);
    await addNote(bob, taken, 'halfway');
    await blockTask(bob, stuck, { reason: 'the vendor' });
    await linkTasks(bob, { task: waits, target: same, type: 'blocks' });
    await createTask(bob, { title: 'Part' }, { parent: split });
    const { seq } = before;
    const since = { version: versionOf(before), seq, keys: [...keys.slice(0, 7), 'web-none'] };
    const reading = await readSince(list, since);
    const news = reading?.news;
    expect(reading?.list).toEqual({ ...(await read(list)), at: reading?.list.at });
    const now = new Map(news?.tasks.map((task) => [task.key, task]));
    expect([...now.keys()].sort()).toEqual(keys.slice(0, 7).sort());
    const first = { priority: 2, claim: null, detail: null };
    const outcome = `It works. ${'x'.repeat(190)}`;
    expect(now.get(done)).toEqual({
      ...first,
      ...{ key: done, title: 'done', state: 'completed', detail: outcome },
    });
    expect(now.get(stopped)).toMatchObject({ state: 'cancelled', detail: 'not needed' });
    expect(now.get(taken)).toMatchObject({
      ...{ state: 'in_progress', detail: 'halfway' },
      claim: reading?.list.others[0],
    });
    expect(now.get(stuck)).toMatchObject({ state: 'blocked', detail: 'the vendor', claim: null });
    expect(now.get(waits)).toMatchObject({ state: 'waiting' });
    expect(now.get(split)).toMatchObject({ state: 'split' });
    expect(now.get(same)).toEqual({ ...first, key: same, title: 'same', state: 'ready' });
    const touched = new Map(news?.touched.map((task) => [task.key, task]));
    expect(touched.get(done)).toEqual(now.get(done));
    expect(touched.get(taken)).toMatchObject({ state: 'in_progress', claim: null });
    const events = (news?.events ?? []).map(({ key, verb, session }) => [key, verb, session]);
    expect(events).toContainEqual([done, 'completed', 'bob-session']);
    expect(events).toContainEqual([taken, 'noted', 'bob-session']);
    expect(events.every(([, , session]) => session === 'bob-session')).toBe(true);
    expect(events.map(([key]) => key)).not.toContain(same);
    // Nothing since, and nothing that is known.
    const latest = await readSince(list, { ...since, seq: reading?.list.seq ?? 0, keys: [] });
    expect(latest?.news).toEqual({ tasks: [], touched: [], events: [] });
  });

  test('of too many events since none is told', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const before = await read(list);
    const since = { version: 'an earlier one', seq: before?.seq ?? 0, keys: [key] };
    for (let part = 0; part < 3; part += 1) await createContainer(list, 32);
    expect((await readSince(list, since))?.news?.events).toHaveLength(99);
    for (let count = 0; count < 2; count += 1) await addNote(list, key, 'again');
    expect((await readSince(list, since))?.news).toMatchObject({
      tasks: [{ key }],
      events: undefined,
    });
  });

  test('who is behind the list that another session has read is told what lies between', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const before = await read(list);
    if (before === undefined) throw new Error('there is no list');
    await closeTask(as(list, 'bob'), key);
    const known = await read(list);
    const since = { version: versionOf(before), seq: before.seq, keys: [key] };
    const reading = await readPromptList(lists.connection(), {
      ...{ workspaceId: list.workspaceId, sessionId: list.worker.session, since },
      known: () => known,
      open: { mode: 'read', busyTimeout: 20 },
    });
    expect(reading?.news?.tasks).toMatchObject([{ key, state: 'completed' }]);
  });

  test('a list that did not change is not read again, and is what a reading would give', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    for (const scope of [list, bob]) await startSession(list.store, sessionOf(scope));
    const keys = [];
    for (const title of ['a', 'b', 'c', 'd']) keys.push(await create(list, title));
    const [a = '', b = '', c = '', d = ''] = keys;
    await claim(bob, a, c);
    await claim(list, b);
    const readKnowing = async (scope: Scope, known: PromptList | undefined) => {
      const reading = await readPromptList(lists.connection(), {
        workspaceId: list.workspaceId,
        sessionId: scope.worker.session,
        known: () => known,
        open: { mode: 'read', busyTimeout: 20 },
      });
      return reading?.list;
    };
    const known = await read(list);
    for (const scope of [list, bob]) {
      const fresh = await read(scope);
      const confirmed = await readKnowing(scope, known);
      expect(confirmed).toEqual({ ...fresh, at: confirmed?.at });
    }
    // A session that ends changes no task, and is told all the same.
    await endSession(list.store, bob.worker.session, 'other');
    const ended = await readKnowing(list, known);
    expect(ended?.others.map(({ holder }) => holder?.endedAt !== null)).toEqual([true, true]);
    // What does change is read.
    await closeTask(list, d);
    expect((await readKnowing(list, known))?.ready).toEqual([]);
    const stale = { ...known, ready: [], known: { token: 'of another time', claims: [] } };
    expect((await readKnowing(list, stale as PromptList))?.mine).toHaveLength(1);
    // The other session's claims may be missing from a list that was cut.
    const cut = { ...known, others: [] } as unknown as PromptList;
    expect((await readKnowing(bob, cut))?.mine.map(({ key }) => key)).toEqual([a, c]);
  });
}

function sessionOf({ workspaceId, worker }: Scope) {
  return {
    id: worker.session,
    workspaceId,
    actor: worker.actor,
    host: 'one',
    processScope: null,
    processId: null,
    processStart: null,
    cwd: null,
  };
}
