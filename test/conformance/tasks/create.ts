import { expect, test } from 'vitest';
import { limits } from '../../../lib/model/limits.ts';
import { create as createOperation } from '../../../lib/operations/create.ts';
import { update } from '../../../lib/operations/update.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { create } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';
import { updateFields } from './update-fields.ts';

export function createSuite(lists: TestLists): void {
  test('a new task is ready, and has what it was given and the defaults', async () => {
    const list = await lists.list();
    const { task, nowReady } = await call(list, createOperation, {
      title: '  Wire the flux valve ',
      description: 'as drawn',
      task_type: 'bugfix',
      priority: 0,
      estimated_complexity: 'complex',
      estimated_minutes: 90,
      assigned_agent: 'Coding Agent',
      task_context: { repository: 'example', nested: { deep: [1, null, 'x'] } },
    });
    expect(task).toMatchObject({
      title: 'Wire the flux valve',
      description: 'as drawn',
      status: 'pending',
      type: 'bugfix',
      priority: 0,
      complexity: 'complex',
      estimatedMinutes: 90,
      assignedAgent: 'Coding Agent',
      context: { repository: 'example', nested: { deep: [1, null, 'x'] } },
      parent: null,
      needs: [],
      blockers: [],
      ready: true,
      claim: null,
      billable: false,
      outcome: null,
      createdBy: 'alice@one',
      startedAt: null,
      completedAt: null,
    });
    expect(nowReady).toEqual([]);
    const plain = await createTask(list, { title: 'Plain' });
    expect(plain.task).toMatchObject({ type: 'implementation', priority: 2, context: {} });
  });

  test('keys have the slug, are never the same, and subtasks are numbered', async () => {
    const list = await lists.list('numbered');
    const parent = await create(list, 'Parent');
    expect(parent).toMatch(/^numbered\d*-[a-hjkmnp-z2-9]{4}$/);
    expect(await create(list, 'First', { parent })).toBe(`${parent}.1`);
    expect(await create(list, 'Second', { parent })).toBe(`${parent}.2`);
    const nested = await create(list, 'Nested', { parent: `${parent}.2` });
    expect(nested).toBe(`${parent}.2.1`);
  });

  test('a subtask takes its parent’s priority unless it has its own', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, { title: 'Parent', priority: 1 });
    const first = await createTask(list, { title: 'First' }, { parent: task.key });
    const own = await createTask(list, { title: 'Own', priority: 4 }, { parent: task.key });
    expect([first.task.priority, own.task.priority]).toEqual([1, 4]);
    expect(first.task.parent).toBe(task.key);
  });

  test('a task that needs others waits for them', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const second = await create(list, 'Second');
    const { task } = await createTask(list, { title: 'Third' }, { needs: [first, second, first] });
    expect(task).toMatchObject({ needs: [first, second], blockers: [first, second], ready: false });
  });

  test('what is too long or not one line is refused, and nothing is left behind', async () => {
    const list = await lists.list();
    const wrong = [
      { title: 'x'.repeat(600) },
      { title: '🦀'.repeat(limits.title + 1) },
      { title: '   ' },
      { title: 'two\nlines' },
      { title: 'nul\0' },
      { title: 'ok', description: `nul\0` },
      { title: 'ok', description: 'x'.repeat(limits.description + 1) },
      { title: 'ok', task_context: { text: 'x'.repeat(limits.context) } },
      { title: 'ok', assigned_agent: 'x'.repeat(limits.agent + 1) },
      { title: 'ok', estimated_minutes: -1 },
    ];
    for (const input of wrong) {
      await expect(
        call(list, createOperation, input),
        JSON.stringify(input).slice(0, 40),
      ).rejects.toMatchObject({ code: 'invalid_input' });
    }
    expect((await readLog(list, { limit: 10 })).events).toEqual([]);
  });

  test('the longest title is kept whole, counted in characters and not in bytes', async () => {
    const list = await lists.list();
    const title = '🦀'.repeat(limits.title);
    const { task } = await createTask(list, { title });
    expect((await showTask(list, task.key)).task.title).toBe(title);
  });

  test('subtasks below subtasks end where a key would become too long', async () => {
    const list = await lists.list();
    let key = await create(list, 'Top');
    const deeper = async () => {
      for (let depth = 0; depth < 60; depth += 1) {
        key = await create(list, 'Deeper', { parent: key });
      }
    };
    await expect(deeper()).rejects.toMatchObject({ code: 'invalid_input' });
    expect(key.length).toBeGreaterThan(40);
  });

  test('a leaf in progress gives its claim up when it gets subtasks, but not another’s', async () => {
    const list = await lists.list();
    const key = await create(list, 'Large');
    await claimTask(list, key);
    await expect(
      createTask(as(list, 'bob'), { title: 'Part' }, { parent: key }),
    ).rejects.toMatchObject({ code: 'already_claimed' });
    await createTask(list, { title: 'Part' }, { parent: key });
    const { task } = await showTask(list, key);
    expect(task).toMatchObject({
      status: 'in_progress',
      claim: null,
      ready: false,
      subtaskCount: 1,
    });
  });

  test('a closed or blocked leaf takes no subtasks', async () => {
    const list = await lists.list();
    const key = await create(list, 'Done');
    await closeTask(list, key);
    await expect(createTask(list, { title: 'Part' }, { parent: key })).rejects.toMatchObject({
      code: 'invalid_transition',
      hint: expect.stringContaining(`docket reopen ${key}`),
    });
  });

  test('a parent or a need that is not there is said, and nothing is created', async () => {
    const list = await lists.list();
    for (const options of [{ parent: 'zzzz' }, { needs: ['web-zzzz'] }, { needs: ["' OR 1=1"] }]) {
      await expect(createTask(list, { title: 'x' }, options)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect((await readLog(list, { limit: 10 })).events).toEqual([]);
  });

  test('update changes what it names, merges the context and tells the history', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, {
      title: 'Old',
      description: 'same',
      task_context: { keep: 1, drop: 2, change: 3 },
    });
    const changed = await updateFields(list, task.key, {
      title: 'New',
      description: 'same',
      priority: 4,
      billable_minutes: 30,
      task_context: { drop: null, change: 'three', add: [4] },
    });
    expect(changed.task).toMatchObject({
      title: 'New',
      description: 'same',
      priority: 4,
      billableMinutes: 30,
      context: { keep: 1, change: 'three', add: [4] },
    });
    const { events } = await readLog(list, { key: task.key, limit: 1 });
    expect(events[0]).toMatchObject({ verb: 'updated', old: { title: 'Old', priority: 2 } });
    expect(Object.keys(events[0]?.new as object)).not.toContain('description');
  });

  test('an update that changes nothing leaves no trace', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, { title: 'Same', task_context: { a: 1 } });
    const again = await updateFields(list, task.key, { title: 'Same', task_context: { a: 1 } });
    expect(again.task.revision).toBe(task.revision);
    expect((await readLog(list, { limit: 10 })).events).toHaveLength(1);
  });

  test('update refuses what create refuses', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    for (const patch of [{ title: 'x'.repeat(600) }, { title: '' }, { outcome: 'nul\0' }]) {
      await expect(call(list, update, { task: key, ...patch })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
  });
}
