import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { linkTasks, unlinkTasks } from '../../../lib/tracker/tasks/link.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { create, createContainer, isReady, need } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';
import { updateFields } from './update-fields.ts';

/** The task that each one waits for, by their keys. */
async function readBlockers({ store, workspaceId }: Scope) {
  const rows = await store.db.query(
    `SELECT t.task_key, b.task_key AS blocker FROM tasks t JOIN tasks b ON b.id = t.waiting_for
     WHERE t.workspace_id = ?`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [row.task_key, row.blocker]));
}

/** Undoing changes of fields, of times and of links. */
export function undoFieldsSuite(lists: TestLists): void {
  test('what a task waits for follows from its links, in whatever order they were made', async () => {
    const list = await lists.list();
    const [older, newer] = [await create(list, 'Older'), await create(list, 'Newer')];
    const key = await create(list, 'Task', { needs: [newer] });
    const waitsFor = async () => (await readBlockers(list)).get(key);
    await need(list, key, older);
    expect(await waitsFor()).toBe(older);
    await unlinkTasks(list, { task: key, target: older, type: 'blocks' });
    expect(await waitsFor()).toBe(newer);
    await undoLast(list);
    expect(await waitsFor()).toBe(older);
  });

  test('the time that a task or what it is in was given is taken back', async () => {
    const list = await lists.list();
    const parent = await createContainer(list, 1);
    const step = `${parent}.1`;
    await updateTask(list, parent, {
      patch: { not_before: '2400-01-01T00:00:00.000Z', title: 'Renamed' },
    });
    await updateTask(list, parent, {
      patch: { not_before: '2400-01-02T00:00:00.000Z', labels: ['a'] },
    });
    expect((await undoLast(list)).undone.verb).toBe('updated');
    const { task } = await showTask(list, step);
    expect(task).toMatchObject({ ready: false, notBefore: '2400-01-01T00:00:00.000Z' });
    const { nowReady } = await undoLast(list);
    expect(nowReady).toEqual([step]);
    expect((await showTask(list, step)).task).toMatchObject({ ready: true, notBefore: null });
  });

  test('a time that others have changed since is not taken back', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await updateTask(list, key, { patch: { not_before: '2400-01-01T00:00:00.000Z' } });
    await updateTask(as(list, 'bob'), key, { patch: { not_before: '2400-01-02T00:00:00.000Z' } });
    await expect(undoLast(list)).rejects.toMatchObject({
      code: 'conflict',
      message: `${key} has another not_before by now`,
    });
  });

  test('fields have their former values', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, {
      ...{ title: 'Old', description: 'as it was', task_context: { solution: 'none' } },
    });
    await updateFields(list, task.key, {
      ...{ title: 'New', description: '', priority: 0, task_context: { solution: 'some' } },
    });
    const { task: now } = await undoLast(list);
    expect(now).toMatchObject({
      ...{ title: 'Old', description: 'as it was', priority: 2, context: { solution: 'none' } },
    });
  });

  test('an update of a status and of fields is undone in one', async () => {
    const list = await lists.list();
    const key = await create(list, 'Old');
    await updateTask(list, key, {
      patch: { title: 'New', assigned_agent: 'Coding Agent' },
      status: { status: 'in_progress', assignedAgent: 'Coding Agent', isForAgent: true },
    });
    const { task } = await undoLast(list);
    expect(task).toMatchObject({
      ...{ title: 'Old', status: 'pending', claim: null, assignedAgent: null },
    });
  });

  test('a link goes, and comes back', async () => {
    const list = await lists.list();
    const [task, target] = [await create(list, 'Task'), await create(list, 'Target')];
    await need(list, task, target);
    await undoLast(list);
    expect(await isReady(list, task)).toBe(true);
    await linkTasks(list, { task, target, type: 'related' });
    await unlinkTasks(list, { task, target, type: 'related' });
    await undoLast(list);
    expect((await showTask(list, task)).relations).toMatchObject([{ type: 'related' }]);
  });
}
