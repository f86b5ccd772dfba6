import { expect, test } from 'vitest';
import { ask } from '../../../lib/store/sql/request.ts';
import { sessionsByIds } from '../../../lib/store/tables/sessions.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { inheritClaims } from '../../../lib/tracker/runs/inherit-claims.ts';
import { endSession, startSession, writeHeartbeat } from '../../../lib/tracker/runs/sessions.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { claim, create } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';

/** A process of each list's own: the tests share one table of sessions. */
function processOf({ workspaceId }: Scope) {
  return { scope: 'boot-1', id: 4_242, start: workspaceId };
}

function sessionOf(scope: Scope) {
  const { worker, workspaceId } = scope;
  const process = processOf(scope);
  return {
    id: worker.session,
    workspaceId,
    actor: worker.actor,
    host: 'one',
    processScope: process.scope,
    processId: process.id,
    processStart: process.start,
    cwd: '/home/alice/web',
  };
}

/** Alice under a session id that no other test has. */
function inSession(list: Scope, name: string): Scope {
  const session = `${name}-${list.workspaceId}`;
  return { ...list, worker: { ...list.worker, session } };
}

export function sessionsSuite(lists: TestLists): void {
  const find = async (scope: Scope) => {
    const [session] = await ask(lists.store().db, sessionsByIds([scope.worker.session]));
    return session;
  };

  test('a session is registered, ended, and comes back when it is resumed', async () => {
    const scope = inSession(await lists.list(), 'one');
    await startSession(scope.store, sessionOf(scope));
    const started = await find(scope);
    expect(started).toMatchObject({ ...sessionOf(scope), endedAt: null });
    await endSession(scope.store, scope.worker.session, 'logout');
    expect((await find(scope))?.endedAt).toEqual(expect.any(String));
    await startSession(scope.store, { ...sessionOf(scope), processId: 5_000 });
    expect(await find(scope)).toMatchObject({
      processId: 5_000,
      endedAt: null,
      startedAt: started?.startedAt,
    });
  });

  test('a sign of life registers a session whose start was missed', async () => {
    const scope = inSession(await lists.list(), 'one');
    await writeHeartbeat(scope.store, sessionOf(scope));
    const first = await find(scope);
    await writeHeartbeat(scope.store, sessionOf(scope));
    const second = await find(scope);
    expect(first?.endedAt).toBeNull();
    expect((second?.lastSeenAt ?? '') >= (first?.lastSeenAt ?? 'z')).toBe(true);
  });

  test('a sign of life that is late does not bring an ended session back', async () => {
    const scope = inSession(await lists.list(), 'one');
    await startSession(scope.store, sessionOf(scope));
    await endSession(scope.store, scope.worker.session, 'logout');
    await writeHeartbeat(scope.store, sessionOf(scope));
    expect((await find(scope))?.endedAt).toEqual(expect.any(String));
  });

  test('a session that goes on in another process is alive there, although its start was missed', async () => {
    const scope = inSession(await lists.list(), 'one');
    await startSession(scope.store, sessionOf(scope));
    const resumed = { ...sessionOf(scope), processId: 5_000, processStart: 'later' };
    await writeHeartbeat(scope.store, resumed);
    expect(await find(scope)).toMatchObject({ processId: 5_000, processStart: 'later' });
    await endSession(scope.store, scope.worker.session, 'logout');
    await writeHeartbeat(scope.store, sessionOf(scope));
    expect(await find(scope)).toMatchObject({ processId: 4_242, endedAt: null });
  });

  test('a sign of life from who knows of no process leaves what is known', async () => {
    const scope = inSession(await lists.list(), 'one');
    await startSession(scope.store, sessionOf(scope));
    await writeHeartbeat(scope.store, { ...sessionOf(scope), processId: null, processStart: null });
    expect(await find(scope)).toMatchObject({ processId: 4_242, endedAt: null });
  });

  test('after /clear the claims of the process move over, each with an event', async () => {
    const list = await lists.list();
    const [before, after] = [inSession(list, 'before'), inSession(list, 'after')];
    await startSession(list.store, sessionOf(before));
    const [mine, theirs] = [await create(before, 'Mine'), await create(before, 'Theirs')];
    await claim(before, mine);
    await claim(as(list, 'bob'), theirs);
    await startSession(list.store, sessionOf(after));
    expect(await inheritClaims(after, processOf(list))).toEqual([mine]);
    expect((await showTask(after, mine)).task.claim).toMatchObject({
      session: after.worker.session,
      stale: false,
    });
    expect((await showTask(after, theirs)).task.claim).toMatchObject({ session: 'bob-session' });
    expect((await readLog(after, { key: mine, limit: 1 })).events[0]).toMatchObject({
      verb: 'claim_moved',
      old: { session: before.worker.session },
    });
    expect(await inheritClaims(after, processOf(list))).toEqual([]);
  });

  test('claims in another list move over, too, and into that list’s history', async () => {
    const [list, other] = [await lists.list(), await lists.list('other')];
    const [before, after] = [inSession(list, 'before'), inSession(list, 'after')];
    await startSession(list.store, sessionOf(before));
    const here = await create(before, 'Here');
    const there = await create(other, 'There');
    await claim(before, here, there);
    await startSession(list.store, sessionOf(after));
    expect([...(await inheritClaims(after, processOf(list)))].sort()).toEqual([here, there].sort());
    expect((await readLog(other, { limit: 1 })).events[0]).toMatchObject({
      verb: 'claim_moved',
      task: there,
    });
  });

  test('a claim that somebody took before it could move stays theirs', async () => {
    const list = await lists.list();
    const [before, after] = [inSession(list, 'before'), inSession(list, 'after')];
    await startSession(list.store, sessionOf(before));
    const [kept, lost] = [await create(before, 'Kept'), await create(before, 'Lost')];
    await claim(before, kept, lost);
    const { store } = list;
    const late: typeof store = {
      ...store,
      write: async (work) => {
        await claimTask(as(list, 'bob'), lost, { steal: true, force: true });
        return store.write(work);
      },
    };
    expect(await inheritClaims({ ...after, store: late }, processOf(list))).toEqual([kept]);
    expect((await showTask(list, lost)).task.claim).toMatchObject({ session: 'bob-session' });
  });

  test('at /branch the claims move from the session that has just ended, and keep their agents', async () => {
    const list = await lists.list();
    const [left, before, after] = ['left', 'before', 'after'].map((name) => inSession(list, name));
    if (left === undefined || before === undefined || after === undefined) throw new Error();
    const keys: string[] = [];
    for (const scope of [left, before]) {
      await startSession(list.store, sessionOf(scope));
      const key = await create(scope, 'Task');
      const worker = { ...scope.worker, agent: 'bob' };
      await claim({ ...scope, worker }, key);
      await endSession(list.store, scope.worker.session, 'resume');
      keys.push(key);
    }
    await startSession(list.store, sessionOf(after));
    const process = processOf(list);
    expect(await inheritClaims(after, process)).toEqual([]);
    expect(await inheritClaims(after, { ...process, hasEnded: true })).toEqual([keys[1]]);
    const { session } = after.worker;
    const moved = (await showTask(after, keys[1] ?? '')).task.claim;
    expect(moved).toMatchObject({ session, agent: 'bob' });
  });

  test('another process with the same number inherits nothing', async () => {
    const list = await lists.list();
    const [before, after] = [inSession(list, 'before'), inSession(list, 'after')];
    await startSession(list.store, sessionOf(before));
    const key = await create(before, 'Task');
    await claim(before, key);
    const process = processOf(list);
    expect(await inheritClaims(after, { ...process, start: '100' })).toEqual([]);
    expect(await inheritClaims(after, { ...process, scope: 'boot-2' })).toEqual([]);
  });
}
