import { expect, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { oneCommand } from '../../../lib/model/worker.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { linkTasks, unlinkTasks } from '../../../lib/tracker/tasks/link.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { create, createContainer, need, statusOf } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';
import { updateFields } from './update-fields.ts';

async function expectRefused(list: Scope, message: string | RegExp): Promise<void> {
  await expect(undoLast(list)).rejects.toMatchObject({
    code: 'conflict',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
}

export function undoRefusedSuite(lists: TestLists): void {
  test('who has changed nothing has nothing to undo, whatever others did', async () => {
    const list = await lists.list();
    await create(list, 'Task');
    await expect(undoLast(as(list, 'bob'))).rejects.toMatchObject({ code: 'not_found' });
    // An agent of the same session is another worker.
    await expect(undoLast(as(list, 'alice', 'helper'))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('the main agent does not undo what its subagent did last', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const other = await create(list, 'Other');
    await claimTask(as(list, 'alice', 'helper'), key);
    expect((await undoLast(list)).task).toMatchObject({ key: other, status: 'cancelled' });
    expect(await statusOf(list, key)).toBe('in_progress');
  });

  test('the commands of one person without a session are one worker', async () => {
    const list = await lists.list();
    const command = (terminal: string) => ({
      ...{ ...list, worker: { ...list.worker, session: oneCommand(terminal) } },
    });
    const key = await create(command('terminal:alice@one'), 'Task');
    await expect(undoLast(command('terminal:alice@on'))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await undoLast(command('terminal:alice@one'))).task.key).toBe(key);
  });

  test('what others have changed since stays, and the refusal says who and what', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const key = await create(list, 'Task');
    await claimTask(bob, key);
    await expectRefused(list, `${key} has changed since: bob@two#bob-session claimed it`);
    const done = await create(list, 'Done');
    await closeTask(list, done);
    await updateFields(bob, done, { outcome: 'otherwise' });
    await expectRefused(list, `${done} has changed since: bob@two#bob-session updated it`);
    expect(await statusOf(list, done)).toBe('completed');
  });

  test('a note of another does no harm', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await addNote(as(list, 'bob'), key, 'I saw it');
    expect((await undoLast(list)).task.status).toBe('cancelled');
  });

  test('a field that another has changed stays, and so do all of that update', async () => {
    const list = await lists.list();
    const key = await create(list, 'Old');
    await updateFields(list, key, { title: 'New', priority: 0 });
    await updateFields(as(list, 'bob'), key, { title: 'Newer' });
    await expectRefused(list, `${key} has another title by now`);
  });

  test('a plan stays that somebody has begun, added to or needs', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const begun = await createContainer(list, 2);
    await claimTask(bob, `${begun}.1`);
    await expectRefused(list, `${begun}.1 has changed since: bob@two#bob-session claimed it`);
    const grown = await createContainer(list, 1);
    await create(bob, 'More', { parent: grown });
    await expectRefused(list, `${grown}.2 was added to ${grown} since`);
    const needed = await create(list, 'Needed');
    const needing = await create(bob, 'Needing');
    await need(bob, needing, needed);
    await expectRefused(list, `${needing} needs ${needed} by now`);
  });

  test('a task that has become a container stays one', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const part = await create(list, 'Part', { parent: key });
    await expectRefused(list, `${key} has become a container with ${part}, and stays one`);
    const later = await create(list, 'Later', { parent: key });
    expect((await undoLast(list)).task.key).toBe(later);
    await expectRefused(list, `${key} has become a container with ${part}, and stays one`);
    expect(await statusOf(list, key)).toBe('pending');
    const other = await create(list, 'Other');
    await blockTask(list, other, { reason: 'the vendor' });
    await undoLast(list);
    await claimTask(list, other);
    await undoLast(list);
    await updateFields(list, other, { priority: 0 });
    await undoLast(list);
    expect((await undoLast(list)).task.key).toBe(other);
  });

  test('a link that others have removed cannot be removed again, one that is there is kept', async () => {
    const list = await lists.list();
    const [task, target] = [await create(list, 'Task'), await create(list, 'Target')];
    await need(list, task, target);
    await unlinkTasks(as(list, 'bob'), { task, target, type: 'blocks' });
    await expectRefused(list, `${task} needs ${target} no more: others have removed that since`);
    await need(list, task, target);
    await unlinkTasks(list, { task, target, type: 'blocks' });
    await linkTasks(as(list, 'bob'), { task: target, target: task, type: 'blocks' });
    await expect(undoLast(list)).rejects.toMatchObject({ code: 'cycle' });
  });

  test('notes, reports, clients and whom a task is for say why they stay', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await addNote(list, key, 'half of it');
    await expectRefused(list, /a note on .*, and notes stay/);
    await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
    await expectRefused(list, /"added", which changed no task/);
    await updateFields(list, key, { client: 'acme' });
    await expectRefused(list, /whom .* is for/);
    await claimTask(list, key);
    await recordReport(
      list,
      key,
      { status: 'completed', outcome: 'Done' },
      { policy: makePolicy() },
    );
    await expectRefused(list, /a report on .*, and its run has ended with it/);
  });

  test('what an older docket wrote is not known whole', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await list.store.db.run('UPDATE task_events SET request_id = NULL WHERE workspace_id = ?', [
      list.workspaceId,
    ]);
    await expectRefused(
      list,
      `your last change cannot be undone: what an older docket wrote of ${key}`,
    );
  });

  test('an event with fields of strangers changes nothing but columns of a task', async () => {
    const list = await lists.list();
    const key = await create(list, 'Old');
    await updateFields(list, key, { title: 'New' });
    const old = {
      title: 'Old',
      "priority = 0, title = 'x' --": 'x',
      task_key: 'web-0000',
      queue: 'none',
    };
    await list.store.db.run(
      "UPDATE task_events SET old_value = ? WHERE workspace_id = ? AND verb = 'updated'",
      [JSON.stringify(old), list.workspaceId],
    );
    expect((await undoLast(list)).task).toMatchObject({
      key,
      title: 'Old',
      priority: 2,
      ready: true,
    });
  });
}
