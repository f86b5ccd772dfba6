import { expect, test } from 'vitest';
import { workItemOperations } from '../../../lib/operations/work-item.ts';
import { text } from '../../../lib/store/sql/columns.ts';
import {
  addWorkItem,
  changeWorkItem,
  dropWorkItem,
  listWork,
  showWorkItem,
} from '../../../lib/tracker/billing/work-items.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { clientVerbs, projectVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry, changeRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { call } from '../call.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';
import { mspList } from './msp-list.ts';

/**
 * What becomes of a work item after its task was completed. After each test nothing else may be
 * billed (the invariants say so).
 */
export function billedWorkSuite(lists: TestLists): void {
  test('a task that is opened again is not billed, and then billed as the same work item', async () => {
    const list = await mspList(lists);
    const { task } = await createPlan(list, { title: 'Whole', subtasks: [{ title: 'Part' }] });
    const part = `${task.key}.1`;
    await closeTask(list, part, { billableMinutes: 10 });
    const first = await showWorkItem(list, task.key);
    await reopenTask(list, part);
    expect((await showWorkItem(list, task.key)).archivedAt).not.toBeNull();
    expect((await listWork(list, { limit: 10 })).total).toBe(0);
    const bob = { ...list, worker: { ...list.worker, session: 'bob-session' } };
    await closeTask(bob, part, { billableMinutes: 25 });
    const second = await showWorkItem(list, task.key);
    expect(second).toMatchObject({
      id: first.id,
      billableMinutes: 25,
      archivedAt: null,
      session: 'bob-session',
    });
    const { events } = await readLog(list, { key: task.key, limit: 20 });
    const told = events.map(({ verb }) => verb).filter((verb) => verb.includes('billed'));
    expect(told).toEqual(['billed', 'unbilled', 'billed']);
  });

  test('what is cancelled, for nobody or not billable is not billed', async () => {
    const list = await mspList(lists);
    const cancelled = await createTask(list, { title: 'Cancelled' });
    await cancelTask(list, cancelled.task.key);
    const whole = await createPlan(list, { title: 'Whole', subtasks: [{ title: 'Part' }] });
    await cancelTask(list, whole.task.key, { cancelOpen: true });
    const free = await createTask(list, { title: 'Free', billable: false });
    await closeTask(list, free.task.key);
    const nobody = await createTask({ ...list, mode: undefined }, { title: 'x', billable: true });
    await closeTask(list, nobody.task.key, { billableMinutes: 5 });
    expect((await listWork(list, { limit: 10, withArchived: true })).total).toBe(0);
  });

  test('a completed task can be billed later, to somebody else, and no longer', async () => {
    const list = await mspList(lists);
    await addRegistryEntry(list, clientVerbs, { name: 'Globex' });
    const plain = { ...list, mode: undefined };
    const { task } = await createTask(plain, { title: 'Helped out' });
    await expect(addWorkItem(list, task.key, {})).rejects.toMatchObject({
      code: 'invalid_transition',
    });
    await closeTask(plain, task.key, { outcome: 'Done' });
    await expect(addWorkItem(list, task.key, {})).rejects.toMatchObject({ code: 'invalid_input' });
    const item = await addWorkItem(list, task.key, { client: 'Acme', minutes: 30 });
    expect(item).toMatchObject({ client: 'acme', billableMinutes: 30, solution: 'Done' });
    await expect(addWorkItem(list, task.key, {})).rejects.toMatchObject({ code: 'conflict' });
    await updateFields(list, task.key, { client: 'Globex' });
    expect((await showWorkItem(list, task.key)).client).toBe('globex');
    const dropped = await dropWorkItem(list, task.key);
    expect(dropped).toMatchObject({ id: item.id, archivedAt: expect.stringMatching(/Z$/) });
    expect((await showTask(list, task.key)).task.billable).toBe(false);
    await expect(changeWorkItem(list, task.key, { minutes: 1 })).rejects.toMatchObject({
      code: 'invalid_transition',
    });
    expect(await addWorkItem(list, task.key, {})).toMatchObject({ id: item.id, archivedAt: null });
  });

  test('a work item and its task stay in step', async () => {
    const list = await mspList(lists);
    const { task } = await createTask(list, { title: 'Step' });
    await closeTask(list, task.key);
    const changed = await changeWorkItem(list, task.key, {
      minutes: 40,
      problem: 'It was slow',
      solution: 'It is fast',
      category: 'tuning',
    });
    expect(changed).toMatchObject({
      billableMinutes: 40,
      problem: 'It was slow',
      solution: 'It is fast',
      category: 'tuning',
    });
    expect((await showTask(list, task.key)).task).toMatchObject({
      billableMinutes: 40,
      outcome: 'It is fast',
      context: { problem: 'It was slow', category: 'tuning' },
    });
    const { length } = (await readLog(list, { limit: 50 })).events;
    await changeWorkItem(list, task.key, { minutes: 40 });
    expect((await readLog(list, { limit: 50 })).events).toHaveLength(length);
    for (const wrong of [{ minutes: -1 }, { minutes: 1.5 }, { category: '' }, { problem: '' }]) {
      const input = { task: task.key, ...wrong };
      await expect(call(list, workItemOperations.update, input)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    await expect(changeWorkItem(list, task.key, {})).rejects.toMatchObject({ code: 'usage' });
  });

  test('a new rounding rule leaves what was billed before', async () => {
    const list = await mspList(lists);
    const { task } = await createTask(list, { title: 'Before' });
    await closeTask(list, task.key, { billableMinutes: 10 });
    await changeRegistryEntry(list, clientVerbs, { name: 'acme', patch: { rounding_minutes: 60 } });
    expect((await showWorkItem(list, task.key)).billableMinutes).toBe(10);
    const after = await createTask(list, { title: 'After' });
    await closeTask(list, after.task.key, { billableMinutes: 10 });
    expect((await showWorkItem(list, after.task.key)).billableMinutes).toBe(60);
  });

  test('a task of a project shows its repository and spec, and keeps neither', async () => {
    const list = await lists.list();
    const project = { name: 'Site', repository: 'example/site', feature_spec: 'Dark mode' };
    await addRegistryEntry(list, projectVerbs, project);
    const { task } = await createTask(list, {
      title: 'Toggle',
      project: 'Site',
      task_context: { feature_spec: 'Only the toggle' },
    });
    expect(task.context).toEqual({ feature_spec: 'Only the toggle' });
    expect((await showTask(list, task.key)).task.context).toEqual({
      repository: 'example/site',
      feature_spec: 'Only the toggle',
    });
    const [row] = await lists
      .store()
      .db.query('SELECT task_context FROM tasks WHERE id = ?', [task.id]);
    expect(JSON.parse(text(row ?? {}, 'task_context'))).toEqual(task.context);
  });
}
