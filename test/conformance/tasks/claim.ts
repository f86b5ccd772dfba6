import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { claimNext, claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { create, createContainer, need } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';

export function claimSuite(lists: TestLists): void {
  test('a claim says who has it, since when, and starts the task', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { task } = await claimTask(list, key, { assignedAgent: 'Coding Agent' });
    expect(task).toMatchObject({
      status: 'in_progress',
      ready: false,
      assignedAgent: 'Coding Agent',
      claim: { session: 'alice-session', agent: 'main', actor: 'alice@one', stale: false },
    });
    expect(task.startedAt).toBe(task.claim?.since);
  });

  test('the loser is told who has it and for how long', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(as(list, 'bob', 'tester'), key);
    await expect(claimTask(list, key)).rejects.toMatchObject({
      code: 'already_claimed',
      message: expect.stringContaining(`${key} is claimed by bob@two#bob-session/tester, just now`),
    });
  });

  test('claiming again what one holds for an agent names the agent of the task and its run', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    const { task } = await claimTask(list, key, { assignedAgent: 'Coding Agent' });
    expect(task).toMatchObject({ assignedAgent: 'Coding Agent', status: 'in_progress' });
    const { runs } = await listRuns(list, key);
    expect(runs.map(({ agent, status }) => [agent, status])).toEqual([['Coding Agent', 'running']]);
    await claimTask(list, key, { assignedAgent: 'Coding Agent' });
    const { events } = await readLog(list, { key, limit: 10 });
    expect(events.filter(({ verb }) => verb === 'reassigned')).toHaveLength(1);
  });

  test('claiming again what one holds changes nothing', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { task } = await claimTask(list, key);
    const again = await claimTask(list, key);
    expect(again.task.revision).toBe(task.revision);
    expect((await readLog(list, { limit: 10 })).events).toHaveLength(2);
  });

  test('another agent of the same session is another worker', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await expect(claimTask(as(list, 'alice', 'helper'), key)).rejects.toMatchObject({
      code: 'already_claimed',
    });
  });

  test('what waits, is blocked, closed or a container cannot be claimed', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const waiting = await create(list, 'Waiting', { needs: [first] });
    const blocked = await create(list, 'Blocked');
    await blockTask(list, blocked, { reason: 'the vendor' });
    const done = await create(list, 'Done');
    await closeTask(list, done);
    const gone = await create(list, 'Gone');
    await cancelTask(list, gone);
    const container = await createContainer(list, 1);
    await expect(claimTask(list, waiting)).rejects.toMatchObject({
      code: 'waiting',
      message: `${waiting} waits for ${first}`,
    });
    await expect(claimTask(list, blocked)).rejects.toMatchObject({
      code: 'invalid_transition',
      message: `${blocked} is blocked: the vendor`,
    });
    for (const key of [done, gone]) {
      await expect(claimTask(list, key)).rejects.toMatchObject({
        code: 'invalid_transition',
        hint: expect.stringContaining(`docket reopen ${key}`),
      });
    }
    await expect(claimTask(list, container)).rejects.toMatchObject({ code: 'is_container' });
  });

  test('the next one is the most urgent, then the oldest, until none is left', async () => {
    const list = await lists.list();
    const late = await create(list, 'Later');
    const { task: low } = await createTask(list, { title: 'Low', priority: 4 });
    const { task: urgent } = await createTask(list, { title: 'Urgent', priority: 0 });
    await create(list, 'Waiting', { needs: [low.key] });
    const order: string[] = [];
    for (let count = 0; count < 3; count += 1) order.push((await claimNext(list)).task.key);
    expect(order).toEqual([urgent.key, late, low.key]);
    await expect(claimNext(list)).rejects.toMatchObject({ code: 'nothing_ready' });
  });

  test('a live claim is kept from --steal, a stale one is taken, and both are recorded', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const bob = as(list, 'bob');
    const { session, actor } = bob.worker;
    await startSession(list.store, {
      id: session,
      workspaceId: list.workspaceId,
      actor,
      host: 'two',
      processScope: null,
      processId: null,
      processStart: null,
      cwd: null,
    });
    await claimTask(bob, key);
    await expect(claimTask(list, key, { steal: true })).rejects.toMatchObject({
      code: 'already_claimed',
      hint: expect.stringContaining('--force'),
    });
    await endSession(list.store, session, 'logout');
    expect((await showTask(list, key)).task.claim).toMatchObject({ stale: true });
    await expect(claimTask(list, key)).rejects.toMatchObject({
      code: 'already_claimed',
      hint: expect.stringContaining('--steal'),
    });
    const { task } = await claimTask(list, key, { steal: true });
    expect(task.claim).toMatchObject({ session: 'alice-session', stale: false });
    const { events } = await readLog(list, { key, limit: 1 });
    expect(events[0]).toMatchObject({
      verb: 'stolen',
      session: 'alice-session',
      old: { claim: { session } },
    });
    await claimTask(bob, key, { steal: true, force: true });
    expect((await showTask(list, key)).task.claim).toMatchObject({ session });
  });

  test('a stolen task that is blocked stays blocked', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(as(list, 'bob'), key);
    await blockTask(as(list, 'bob'), key, { reason: 'the vendor' });
    const { task } = await claimTask(list, key, { steal: true, force: true });
    expect(task).toMatchObject({ status: 'blocked', claim: { session: 'alice-session' } });
  });

  test('a claim whose process this machine sees is stale when the process is gone', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const bob = as(list, 'bob');
    await startSession(list.store, {
      id: bob.worker.session,
      workspaceId: list.workspaceId,
      actor: 'bob@one',
      host: 'one',
      processScope: 'boot-1',
      processId: 42,
      processStart: '7',
      cwd: null,
    });
    await claimTask(bob, key);
    const seen = async (alive: boolean) => {
      const probe = {
        scope: 'boot-1',
        isAlive: (id: number, start: string) => alive && id === 42 && start === '7',
      };
      return (await showTask({ ...list, probe }, key)).task.claim?.stale;
    };
    expect([await seen(true), await seen(false)]).toEqual([false, true]);
  });

  test('a link that is made later does not take a claim away', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await need(list, key, first);
    expect((await showTask(list, key)).task).toMatchObject({
      status: 'in_progress',
      blockers: [first],
    });
  });
}
