import { expect, test } from 'vitest';
import { OverviewAnswer } from '../../../lib/model/answers/overview.ts';
import { overview as operation } from '../../../lib/operations/overview.ts';
import { overview } from '../../../lib/tracker/reads/overview.ts';
import { readVersion } from '../../../lib/tracker/reads/version.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { claim, create, createContainer } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

const utc = { timeZone: 'UTC' };

async function begin({ store, workspaceId, worker }: Scope): Promise<void> {
  const process = { processScope: null, processId: null, processStart: null };
  const { session: id, actor } = worker;
  await startSession(store, { id, workspaceId, actor, host: 'two', cwd: null, ...process });
}

/** Keys of the tasks that a part names. */
function keysOf({ tasks }: { readonly tasks: readonly { readonly key: string }[] }) {
  return tasks.map(({ key }) => key);
}

export function overviewSuite(lists: TestLists): void {
  test('what is in progress is told by whose it is, also in another session of theirs', async () => {
    const list = await lists.list();
    const elsewhere: Scope = { ...list, worker: { ...list.worker, session: 'another-session' } };
    const [bob, carol] = [as(list, 'bob'), as(list, 'carol')];
    for (const each of [elsewhere, bob, carol]) await begin(each);
    const [here, there, his, left] = [
      ...[await create(list, 'Here'), await create(list, 'There')],
      ...[await create(list, 'His'), await create(list, 'Left')],
    ] as const;
    await claim(list, here ?? '');
    await claim(elsewhere, there ?? '');
    await claim(bob, his ?? '');
    await addNote(bob, his ?? '', 'halfway');
    await claim(carol, left ?? '');
    await endSession(list.store, 'carol-session', 'other');
    const answer = await overview(list, utc);
    expect(answer).toMatchObject({
      inProgress: 4,
      mine: { total: 2 },
      others: {
        total: 1,
        tasks: [{ key: his, lastNote: 'halfway', claim: { actor: 'bob@two', absence: null } }],
      },
      abandoned: { total: 1, tasks: [{ key: left, claim: { absence: 'ended' } }] },
    });
    expect(keysOf(answer.mine)).toEqual([here, there]);
    expect(answer.mine.tasks.map(({ claim: { session } }) => session)).toEqual([
      'alice-session',
      'another-session',
    ]);
    // Bob sees the same from his side.
    const his2 = await overview(bob, utc);
    expect([keysOf(his2.mine), his2.others.total, keysOf(his2.abandoned)]).toEqual([
      [his],
      2,
      [left],
    ]);
  });

  test('what is blocked comes with its reason, what is ready in its order, what waits is counted', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const [blocked, kept, ready] = [
      ...[await create(list, 'Blocked'), await create(list, 'Kept'), await create(list, 'Ready')],
    ];
    const { task: urgent } = await createTask(list, { title: 'Urgent', priority: 0 });
    await create(list, 'Waiting', { needs: [urgent.key] });
    await blockTask(list, blocked ?? '', { reason: 'the vendor' });
    await claim(bob, kept ?? '');
    await blockTask(bob, kept ?? '', { reason: 'the key' });
    const answer = await overview(list, utc);
    expect(answer.blocked).toMatchObject({
      total: 2,
      tasks: [
        { key: blocked, reason: 'the vendor', claim: null },
        { key: kept, reason: 'the key', claim: { actor: 'bob@two' } },
      ],
    });
    expect(answer.blocked.tasks[0]?.since).toMatch(/Z$/);
    expect(answer.ready.total).toBe(2);
    expect(keysOf(answer.ready)).toEqual([urgent.key, ready]);
    expect(answer).toMatchObject({ waiting: 1, inProgress: 0 });
  });

  test('a plan under way says how far it is, and its steps which plan they are of', async () => {
    const list = await lists.list();
    const plan = await createContainer(list, 3);
    await createContainer(list, 2);
    await claim(list, `${plan}.1`, `${plan}.2`);
    await closeTask(list, `${plan}.1`, { outcome: 'done' });
    const answer = await overview(list, utc);
    expect(answer.plans).toEqual({
      total: 1,
      tasks: [{ key: plan, title: 'Whole', priority: 2, status: 'in_progress', done: 1, total: 3 }],
      isAtLeast: false,
    });
    expect(answer.mine.tasks).toMatchObject([{ parent: plan, parentTitle: 'Whole' }]);
    expect(answer.finished.tasks).toMatchObject([{ parent: plan, parentTitle: 'Whole' }]);
  });

  test('what was completed today is told with who did it, what before today is not', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const [today, before, cancelled] = [
      ...[await create(list, 'Today'), await create(list, 'Before'), await create(list, 'Other')],
    ];
    await claim(bob, today ?? '');
    await closeTask(bob, today ?? '', { outcome: '\n The cookie \nand more' });
    await closeTask(list, before ?? '', { outcome: 'long ago' });
    await list.store.write(async (db) => {
      await db.run('UPDATE tasks SET completed_at = ?, created_at = ? WHERE task_key = ?', [
        ...['2026-01-02 03:04:05.678', '2026-01-02 03:04:05.678', before ?? ''],
      ]);
    });
    const { finished, at } = await overview(list, utc);
    expect(finished).toEqual({
      total: 1,
      tasks: [
        {
          ...{ key: today, title: 'Today', priority: 2, parent: null, parentTitle: null },
          completedAt: expect.stringMatching(/Z$/),
          by: { actor: 'bob@two', session: 'bob-session', agent: 'main' },
          outcome: 'The cookie',
        },
      ],
      from: `${at.slice(0, 10)}T00:00:00.000Z`,
      timeZone: 'UTC',
    });
    expect(cancelled).not.toBe(today);
  });

  test('parts are cut, and their counts are not', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    for (let number = 0; number < 12; number += 1) {
      await claim(bob, await create(bob, `Task ${number}`));
      await create(list, `Ready ${number}`);
    }
    for (let number = 0; number < 8; number += 1) {
      await closeTask(list, await create(list, `Done ${number}`), { outcome: `result ${number}` });
    }
    const answer = await overview(list, utc);
    expect([answer.others.total, answer.others.tasks.length]).toEqual([12, 10]);
    expect([answer.ready.total, answer.ready.tasks.length]).toEqual([12, 10]);
    expect(answer.finished.total).toBe(8);
    expect(answer.finished.tasks.map(({ outcome }) => outcome)).toEqual([
      ...['result 7', 'result 6', 'result 5', 'result 4', 'result 3', 'result 2'],
    ]);
  });

  test('no other list is told of, and the answer is what its schema says', async () => {
    const [list, other] = [await lists.list('mine'), await lists.list('theirs')];
    const theirs = await createContainer(other, 2);
    await claim(as(other, 'bob'), `${theirs}.1`);
    await closeTask(other, await create(other, 'Done'), { outcome: 'there' });
    const answer = await call(list, operation, {});
    expect(OverviewAnswer.parse(answer)).toEqual(answer);
    const nothing = { total: 0, tasks: [] };
    expect(answer).toMatchObject({
      ...{ workspace: expect.stringMatching(/^mine/), database: null, inProgress: 0, waiting: 0 },
      ...{ mine: nothing, others: nothing, abandoned: nothing, blocked: nothing, ready: nothing },
      ...{ plans: nothing, finished: nothing },
    });
  });

  test('what a watcher asks differs after each change, in its list or in any, and not before', async () => {
    const [list, other] = [await lists.list('watched'), await lists.list('other')];
    const ask = async () => [
      await readVersion(list, { everywhere: false }),
      await readVersion(list, { everywhere: true }),
    ];
    const [own, all] = await ask();
    await overview(list, utc);
    expect(await ask()).toEqual([own, all]);
    await create(other, 'Theirs');
    const [sameOwn, newAll] = await ask();
    expect(sameOwn).toBe(own);
    expect(newAll).not.toBe(all);
    await create(list, 'Mine');
    const [newOwn, newestAll] = await ask();
    expect(newOwn).not.toBe(own);
    expect(newestAll).not.toBe(newAll);
  });
}
