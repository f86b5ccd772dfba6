import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import {
  blockTask,
  releaseTask,
  reopenTask,
  unblockTask,
} from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { create, createContainer, isReady, statusOf } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';
import { updateFields } from './update-fields.ts';

/** How the runs of a task stand. */
async function runsOf(list: Scope, key: string) {
  const { runs } = await listRuns(list, key);
  return runs.map(({ session, status, verdict }) => [session, status, verdict]);
}

/** Undoing what changes how a task stands. */
export function undoSuite(lists: TestLists): void {
  test('a closed task has its claim, its run and its former outcome back', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const next = await create(list, 'Next', { needs: [key] });
    await updateFields(list, key, { outcome: 'half of it' });
    const { task: held } = await claimTask(list, key);
    await closeTask(list, key, { outcome: 'Done', billableMinutes: 7 });
    expect(await isReady(list, next)).toBe(true);
    const { task, undone } = await undoLast(list);
    expect(task).toMatchObject({
      ...{ key, status: 'in_progress', outcome: 'half of it', billableMinutes: null },
      ...{ completedAt: null, startedAt: held.startedAt, claim: held.claim },
    });
    expect(await isReady(list, next)).toBe(false);
    expect(await runsOf(list, key)).toEqual([['alice-session', 'running', null]]);
    const { events } = await readLog(list, { key, limit: 2 });
    expect(events.map(({ verb, seq }) => [verb, seq])).toEqual([
      ['undone', undone.seq + 1],
      ['completed', undone.seq],
    ]);
    expect(events[0]?.new).toMatchObject({ undoes: undone.seq, verb: 'completed' });
    await closeTask(list, key, { outcome: 'Done at last' });
    expect(await runsOf(list, key)).toEqual([['alice-session', 'completed', null]]);
  });

  test('the work item of a closed task is taken off the bill, and comes back', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
    const { task } = await createTask(list, { title: 'Task', client: 'acme', billable: true });
    await closeTask(list, task.key, { billableMinutes: 30 });
    expect((await showTask(list, task.key)).workItem).toMatchObject({ billableMinutes: 30 });
    await undoLast(list);
    expect((await showTask(list, task.key)).workItem?.archivedAt ?? 'none').not.toBeNull();
    await closeTask(list, task.key, { billableMinutes: 20 });
    await reopenTask(list, task.key);
    await undoLast(list);
    expect((await showTask(list, task.key)).workItem).toMatchObject({
      ...{ billableMinutes: 20, archivedAt: null },
    });
  });

  test('a follow-up is cancelled with the closing that made it', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { followUps } = await closeTask(list, key, { followUps: [{ title: 'More' }] });
    const { others } = await undoLast(list);
    expect(await statusOf(list, key)).toBe('pending');
    expect(others.map((task) => [task.key, task.status])).toEqual([[followUps[0], 'cancelled']]);
  });

  test('all that a cancellation cancelled is open again, and nothing else', async () => {
    const list = await lists.list();
    const root = await createContainer(list, 3);
    await closeTask(list, `${root}.1`, { outcome: 'First' });
    await claimTask(list, `${root}.2`);
    await cancelTask(list, root, { cancelOpen: true, reason: 'no longer' });
    expect(await statusOf(list, root)).toBe('completed');
    await undoLast(list);
    const { subtasks } = await showTask(list, root);
    expect(subtasks.map((task) => [task.status, task.outcome])).toEqual([
      ['completed', 'First'],
      ['in_progress', null],
      ['pending', null],
    ]);
    expect((await showTask(list, root)).task).toMatchObject({
      ...{ status: 'in_progress', outcome: null, completedAt: null },
    });
  });

  test('a new task and a whole new plan are cancelled', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    expect((await undoLast(list)).task).toMatchObject({ key, status: 'cancelled' });
    const subtasks = [{ title: 'One' }, { title: 'Two', needs: [1] }];
    const { task } = await createPlan(list, { title: 'Plan', subtasks });
    const { task: root, others } = await undoLast(list);
    expect([root, ...others].map((each) => [each.key, each.status])).toEqual([
      [task.key, 'cancelled'],
      [`${task.key}.1`, 'cancelled'],
      [`${task.key}.2`, 'cancelled'],
    ]);
  });

  test('a new subtask of a plan that was done leaves the plan done, with its outcome', async () => {
    const list = await lists.list();
    const root = await createContainer(list, 1);
    await closeTask(list, `${root}.1`);
    await updateFields(list, root, { outcome: 'All of it' });
    await create(list, 'One more', { parent: root });
    expect(await statusOf(list, root)).toBe('in_progress');
    await undoLast(list);
    expect((await showTask(list, root)).task).toMatchObject({
      ...{ status: 'completed', outcome: 'All of it' },
    });
  });

  test('a claim leaves nothing of it: its container has not begun either', async () => {
    const list = await lists.list();
    const root = await createContainer(list, 2);
    await claimTask(list, `${root}.1`, { assignedAgent: 'Coding Agent' });
    const { task, followed } = await undoLast(list);
    expect(task).toMatchObject({
      ...{ status: 'pending', claim: null, startedAt: null, assignedAgent: null, ready: true },
    });
    expect(followed).toEqual([{ key: root, status: 'pending' }]);
    expect(await runsOf(list, `${root}.1`)).toEqual([]);
    expect((await claimTask(as(list, 'bob'), `${root}.1`)).task.status).toBe('in_progress');
  });

  test('a stolen claim goes back to its holder, whose run goes on', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const key = await create(list, 'Task');
    const { task: held } = await claimTask(bob, key);
    await claimTask(list, key, { steal: true, force: true });
    const { task } = await undoLast(list);
    expect(task.claim).toEqual(held.claim);
    expect(await runsOf(list, key)).toEqual([['bob-session', 'running', null]]);
    await closeTask(bob, key);
  });

  test('a task that was released is held again', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { task: held } = await claimTask(list, key);
    await releaseTask(list, key);
    const { task } = await undoLast(list);
    expect([task.status, task.claim]).toEqual(['in_progress', held.claim]);
    expect(await runsOf(list, key)).toEqual([['alice-session', 'running', null]]);
  });

  test('a block ends, and comes back with its reason', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await blockTask(list, key, { reason: 'the vendor' });
    await undoLast(list);
    expect(await runsOf(list, key)).toEqual([['alice-session', 'running', null]]);
    await blockTask(list, key, { reason: 'the weather' });
    await unblockTask(list, key);
    const { task } = await undoLast(list);
    expect(task).toMatchObject({ status: 'blocked', blockedReason: 'the weather' });
    expect(await runsOf(list, key)).toEqual([['alice-session', 'blocked', null]]);
  });

  test('a task that was reopened is done as it was, and its work not rejected', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    const { task: done } = await closeTask(list, key, { outcome: 'Done' });
    await reopenTask(list, key);
    const { task } = await undoLast(list);
    expect(task).toMatchObject({
      ...{ status: 'completed', outcome: 'Done', completedAt: done.completedAt },
    });
    expect(await runsOf(list, key)).toEqual([['alice-session', 'completed', null]]);
  });

  test('a task that was claimed for one agent is claimed for the other again', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key, { assignedAgent: 'Coding Agent' });
    await claimTask(list, key, { assignedAgent: 'Other Agent' });
    expect((await undoLast(list)).task.assignedAgent).toBe('Coding Agent');
    expect((await listRuns(list, key)).runs[0]?.agent).toBe('Coding Agent');
  });

  test('each undo goes one verb further back', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await closeTask(list, key);
    await undoLast(list);
    await undoLast(list);
    expect(await statusOf(list, key)).toBe('pending');
    await claimTask(list, key);
    await undoLast(list);
    expect((await undoLast(list)).undone.verb).toBe('created');
    await expect(undoLast(list)).rejects.toMatchObject({ code: 'not_found' });
  });
}
