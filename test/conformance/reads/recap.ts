import { expect, test } from 'vitest';
import { recap } from '../../../lib/tracker/reads/recap.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import { blockTask, releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { claim, create, createContainer } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';

function sessionOf(name: string, workspaceId: string) {
  return {
    id: `${name}-session`,
    workspaceId,
    actor: `${name}@two`,
    host: 'two',
    processScope: null,
    processId: null,
    processStart: null,
    cwd: null,
  };
}

export function recapSuite(lists: TestLists): void {
  test('each of the last sessions comes with what it has, did and made', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    await startSession(list.store, sessionOf('bob', list.workspaceId));
    const container = await createContainer(bob, 2);
    const single = await create(bob, 'Single');
    await claim(bob, `${container}.1`);
    await addNote(bob, `${container}.1`, 'first');
    await addNote(bob, `${container}.1`, 'halfway');
    await closeTask(bob, single, { outcome: 'it works' });
    await create(list, 'Mine');
    const { sessions } = await recap(list, { sessions: 3 });
    expect(sessions.map(({ session, actor }) => [session, actor])).toEqual([
      ['alice-session', 'alice@one'],
      ['bob-session', 'bob@two'],
    ]);
    expect(sessions[1]).toMatchObject({
      state: 'live',
      endedAt: null,
      inProgress: {
        total: 1,
        tasks: [{ key: `${container}.1`, title: 'Part 1', lastNote: 'halfway' }],
      },
      completed: { total: 1, tasks: [{ key: single, outcome: 'it works' }] },
      created: {
        total: 4,
        // What is done is told of as done alone.
        tasks: [{ key: container, status: 'in_progress', createdBelow: 2 }],
      },
    });
    expect(sessions[1]?.startedAt).toMatch(/Z$/);
    expect(sessions[0]).toMatchObject({ startedAt: null, created: { total: 1 } });
  });

  test('a session that left nothing is not told of', async () => {
    const list = await lists.list();
    const [bob, carol] = [as(list, 'bob'), as(list, 'carol')];
    const key = await create(bob, 'Bob makes it');
    await addNote(carol, key, 'carol only says something');
    await claim(list, key);
    await releaseTask(list, key);
    const { sessions } = await recap(list, { sessions: 1 });
    expect(sessions.map(({ session }) => session)).toEqual(['bob-session']);
  });

  test('a session that ended leaves its claims as stale ones', async () => {
    const list = await lists.list();
    await startSession(list.store, sessionOf('carol', list.workspaceId));
    const carol = as(list, 'carol');
    const key = await create(carol, 'Left');
    await claim(carol, key);
    await endSession(list.store, 'carol-session', 'other');
    const { sessions } = await recap(list, { sessions: 1 });
    expect(sessions[0]).toMatchObject({ session: 'carol-session', state: 'ended' });
    expect(sessions[0]?.endedAt).not.toBeNull();
    expect(sessions[0]?.inProgress.tasks[0]).toMatchObject({ key, claim: { stale: true } });
  });

  test('what sessions before them hold, what is blocked and what is ready is told as well', async () => {
    const list = await lists.list();
    const [dora, emil] = [as(list, 'dora'), as(list, 'emil')];
    const [old, young] = [await create(dora, 'Old'), await create(dora, 'Young')];
    await claim(dora, old);
    await claim(emil, young);
    const blocked = await create(emil, 'Blocked');
    await blockTask(emil, blocked, { reason: 'the vendor' });
    const { task: urgent } = await createTask(emil, { title: 'Urgent', priority: 0 });
    await create(emil, 'Waiting', { needs: [urgent.key] });
    const answer = await recap(list, { sessions: 1 });
    expect(answer.sessions.map(({ session }) => session)).toEqual(['emil-session']);
    expect(answer.sessions[0]?.inProgress.tasks.map(({ key }) => key)).toEqual([young]);
    expect(answer.othersInProgress).toMatchObject({
      total: 1,
      tasks: [{ key: old, claim: { session: 'dora-session' } }],
    });
    expect(answer.blocked).toMatchObject({
      total: 1,
      tasks: [{ key: blocked, reason: 'the vendor' }],
    });
    expect(answer.blocked.tasks[0]?.since).toMatch(/Z$/);
    expect(answer.ready.tasks.map(({ key }) => key)).toEqual([urgent.key]);
  });

  test('parts are cut, and their counts are not', async () => {
    const list = await lists.list();
    for (let number = 0; number < 9; number += 1) {
      const key = await create(list, `Task ${number}`);
      await claim(list, key);
      if (number >= 3) await closeTask(list, key, { outcome: `result ${number}` });
    }
    for (let number = 0; number < 7; number += 1) await create(list, `Ready ${number}`);
    const { sessions, ready, events } = await recap(list, { sessions: 3 });
    expect(sessions[0]?.inProgress).toMatchObject({ total: 3 });
    expect(sessions[0]?.completed.total).toBe(6);
    expect(sessions[0]?.completed.tasks.map(({ outcome }) => outcome)).toEqual([
      'result 8',
      'result 7',
      'result 6',
      'result 5',
    ]);
    expect(sessions[0]?.created.total).toBe(16);
    expect(ready).toMatchObject({ total: 7 });
    expect(ready.tasks).toHaveLength(5);
    expect(events.isCut).toBe(false);
  });

  test('no other list is told of, and an empty one leaves nothing', async () => {
    const [list, other] = [await lists.list('mine'), await lists.list('theirs')];
    await claim(as(other, 'bob'), await create(as(other, 'bob'), 'Theirs'));
    expect(await recap(list, { sessions: 3 })).toMatchObject({
      sessions: [],
      othersInProgress: { total: 0 },
      blocked: { total: 0 },
      ready: { total: 0 },
      events: { lookedAt: 0 },
    });
    await create(as(list, 'bob'), 'Here');
    const { sessions } = await recap(list, { sessions: 3 });
    expect(sessions[0]?.inProgress.total).toBe(0);
  });
}
