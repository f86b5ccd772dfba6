import { expect, test } from 'vitest';
import { sinceOf, tellList } from '../../../lib/briefing/tell-list.ts';
import { absenceAt, knownOf } from '../../../lib/model/prompt/known.ts';
import type { Since } from '../../../lib/model/prompt/news.ts';
import { readPlanState } from '../../../lib/tracker/agents/plan-state.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { listReady } from '../../../lib/tracker/reads/lists.ts';
import { overview } from '../../../lib/tracker/reads/overview.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import { readVersion } from '../../../lib/tracker/reads/version.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { claimNext, claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { create, createContainer } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

const later = '2400-01-01T00:00:00.000Z';
const past = '2020-01-01 00:00:00.000';

export function scheduleSuite(lists: TestLists): void {
  const prompt = async (list: Scope, since?: Since) => {
    const reading = await readPromptList(lists.connection(), {
      workspaceId: list.workspaceId,
      sessionId: list.worker.session,
      since,
      open: { mode: 'read', busyTimeout: 20 },
    });
    if (reading === undefined) throw new Error('there is no list');
    return reading;
  };
  const ready = async (list: Scope) => {
    const { tasks, total } = await listReady(list, { limit: 10 });
    expect(total).toBe(tasks.length);
    return tasks.map(({ key }) => key);
  };

  /** Lets the time of all scheduled tasks of a list come, as if they had been given an earlier one. */
  async function letTimeCome({ store, workspaceId }: Scope): Promise<void> {
    await store.write(async (db) => {
      await db.run(
        `UPDATE tasks SET not_before = CASE WHEN not_before IS NULL THEN NULL ELSE ? END,
           starts_at = CASE WHEN starts_at IS NULL THEN NULL ELSE ? END,
           ready_at = CASE WHEN ready_at IS NULL THEN NULL ELSE ? END WHERE workspace_id = ?`,
        [past, past, past, workspaceId],
      );
    });
  }

  test('what a watcher asks differs once the time of a task has come, without a write', async () => {
    const list = await lists.list();
    const ask = async () => [
      await readVersion(list, { everywhere: false }),
      await readVersion(list, { everywhere: true }),
    ];
    await createTask(list, { title: 'Later', not_before: later });
    const [own, all] = await ask();
    expect(await ask()).toEqual([own, all]);
    await letTimeCome(list);
    const [newOwn, newAll] = await ask();
    expect(newOwn).not.toBe(own);
    expect(newAll).not.toBe(all);
  });

  test('what may not begin yet is ready nowhere, until its time has come, without a write', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const { task } = await createTask(list, { title: 'Later', priority: 0, not_before: later });
    expect(task).toMatchObject({ status: 'pending', ready: false, notBefore: later, blockers: [] });
    expect(await ready(list)).toEqual([first]);
    const before = await prompt(list);
    // It counts as waiting, so that nothing says that nothing is open.
    expect(before.list).toMatchObject({ counts: { ready: 1, waiting: 1 }, waiting: [] });
    const glance = await overview(list, { timeZone: 'UTC' });
    expect(glance).toMatchObject({ waiting: 0, scheduled: 1, ready: { total: 1 } });
    expect((await readPlanState(list, task.key)).leaves).toMatchObject([{ queue: 'scheduled' }]);

    await letTimeCome(list);
    expect(await ready(list)).toEqual([task.key, first]);
    expect((await showTask(list, task.key)).task).toMatchObject({ ready: true });
    expect((await readPlanState(list, task.key)).leaves).toMatchObject([{ queue: 'ready' }]);
    const { list: after } = await prompt(list);
    expect(after.counts).toMatchObject({ ready: 2, waiting: 0 });
    expect(await overview(list, { timeZone: 'UTC' })).toMatchObject({ scheduled: 0 });
    expect(after.ready.map(({ key }) => key)).toEqual([task.key, first]);
    const claimed = await claimNext(list);
    expect(claimed.task.key).toBe(task.key);
  });

  test('a prompt tells of what became ready by time alone', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const { task } = await createTask(list, { title: 'Later', not_before: later });
    const { list: before } = await prompt(list);
    const known = knownOf(before, new Set([first]), absenceAt(before, list.probe));
    await letTimeCome(list);
    const reading = await prompt(list, sinceOf(known));
    const reader = { actor: 'alice@one', session: 'alice-session', probe: list.probe };
    const told = tellList(reading, { known, reader, isOwn: () => true });
    expect(told.text).toContain(`- Now ready: ${task.key} P2 Later`);
    const again = await prompt(list, sinceOf(told.known));
    expect(tellList(again, { known: told.known, reader, isOwn: () => true }).text).toBeUndefined();
  });

  test('the next write puts what has begun into the queue, beside what it does itself', async () => {
    const list = await lists.list();
    const keys = [];
    for (const title of ['One', 'Two']) {
      const { task } = await createTask(list, { title, not_before: later });
      keys.push(task.key);
    }
    await letTimeCome(list);
    await create(list, 'Another');
    const rows = await list.store.db.query(
      "SELECT task_key FROM tasks WHERE workspace_id = ? AND queue = 'scheduled'",
      [list.workspaceId],
    );
    expect(rows).toEqual([]);
    expect(await ready(list)).toHaveLength(3);
  });

  test('the time of a container holds for everything below it', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 1);
    const step = `${parent}.1`;
    await updateTask(list, parent, { patch: { not_before: later } });
    expect((await showTask(list, step)).task).toMatchObject({ ready: false, notBefore: later });
    const { task } = await createTask(list, { title: 'New' }, { parent });
    expect(task).toMatchObject({ ready: false, notBefore: later });
    const { nowReady } = await updateTask(list, parent, { patch: { not_before: '' } });
    expect([...nowReady].sort()).toEqual([step, task.key].sort());
    expect((await showTask(list, step)).task).toMatchObject({ ready: true, notBefore: null });
  });

  test('who names it may begin early, and gives it back to its time', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, { title: 'Later', not_before: later });
    await expect(claimNext(list)).rejects.toMatchObject({ code: 'nothing_ready' });
    expect((await claimTask(list, task.key)).task.status).toBe('in_progress');
    expect((await releaseTask(list, task.key)).task).toMatchObject({ ready: false });
    expect((await closeTask(list, task.key)).task.status).toBe('completed');
  });

  test('what waits for another task as well is not ready when only one of the two is over', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const { task } = await createTask(list, { title: 'B', not_before: later }, { needs: [first] });
    await closeTask(list, first);
    expect(await ready(list)).toEqual([]);
    const other = await create(list, 'Other');
    const { task: both } = await createTask(
      list,
      { title: 'Both', not_before: later },
      { needs: [other] },
    );
    await letTimeCome(list);
    expect(await ready(list)).toEqual([task.key, other]);
    expect((await closeTask(list, other)).nowReady).toContain(both.key);
  });

  test('a due date is kept, changed and taken away, and each change is in the history', async () => {
    const list = await lists.list();
    const due = '2026-12-01T22:59:59.999Z';
    const { task } = await createTask(list, { title: 'Due', due });
    expect(task.due).toBe(due);
    const { task: moved } = await updateTask(list, task.key, { patch: { due: later } });
    expect(moved.due).toBe(later);
    const { task: free } = await updateTask(list, task.key, { patch: { due: null } });
    expect(free.due).toBeNull();
    expect(await ready(list)).toEqual([task.key]);
  });
}
