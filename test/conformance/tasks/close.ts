import { expect, test } from 'vitest';
import { cancel } from '../../../lib/operations/cancel.ts';
import { close } from '../../../lib/operations/close.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { blockTask, releaseTask, reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { claim, create, createContainer, isReady, statusOf } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

export function closeSuite(lists: TestLists): void {
  test('closing keeps the outcome, frees what waited, and makes the follow-ups', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const waiting = await create(list, 'Waiting', { needs: [key] });
    await claimTask(list, key);
    const answer = await closeTask(list, key, {
      outcome: "it's done\n`really`",
      billableMinutes: 15,
      followUps: [{ title: 'Tidy up' }, { title: 'Tell bob', priority: 0 }],
    });
    expect(answer.task).toMatchObject({
      status: 'completed',
      claim: null,
      outcome: "it's done\n`really`",
      billableMinutes: 15,
    });
    expect(answer.task.completedAt).toEqual(expect.any(String));
    expect(answer.nowReady).toEqual([waiting]);
    expect(answer.followUps).toHaveLength(2);
    const followUp = await showTask(list, answer.followUps[1] ?? '');
    expect(followUp.task).toMatchObject({ title: 'Tell bob', priority: 0, ready: true });
    expect(followUp.relations).toEqual([
      { type: 'discovered_from', key, title: 'Task', status: 'completed' },
    ]);
  });

  test('what is completed and has no outcome is given it, and keeps one that it has', async () => {
    const list = await lists.list();
    const [plan, leaf] = [await createContainer(list, 1), await create(list, 'Task')];
    await closeTask(list, `${plan}.1`, { outcome: 'of the step' });
    await closeTask(list, leaf);
    for (const key of [plan, leaf]) {
      const { completedAt } = (await showTask(list, key)).task;
      const { task } = await closeTask(as(list, 'bob'), key, { outcome: 'All is well' });
      expect(task).toMatchObject({ status: 'completed', outcome: 'All is well', completedAt });
      for (const outcome of ['Another', undefined, '']) {
        await expect(closeTask(list, key, { outcome })).rejects.toMatchObject({
          code: 'invalid_transition',
          message: `${key} is completed already`,
          hint: `docket update ${key} --outcome TEXT changes what is said of it`,
        });
      }
      await undoLast(as(list, 'bob'));
      expect((await showTask(list, key)).task).toMatchObject({
        status: 'completed',
        outcome: null,
      });
    }
  });

  test('a pending task is claimed and closed in one', async () => {
    const list = await lists.list();
    const { task } = await closeTask(list, await create(list, 'Task'));
    expect(task.startedAt).toBe(task.completedAt);
  });

  test('what waits is not closed by accident, and is with force', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const key = await create(list, 'Waiting', { needs: [first] });
    await expect(closeTask(list, key)).rejects.toMatchObject({ code: 'waiting' });
    await closeTask(list, key, { force: true });
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('a live claim of another session keeps others from closing, cancelling, releasing', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(as(list, 'bob'), key);
    for (const act of [closeTask, cancelTask, releaseTask]) {
      await expect(act(list, key)).rejects.toMatchObject({
        code: 'already_claimed',
        message: expect.stringContaining('bob@two'),
      });
    }
    await closeTask(list, key, { force: true });
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('the main agent may close for a subagent of its session', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(as(list, 'alice', 'helper'), key);
    await closeTask(list, key);
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('a closed task is not closed or cancelled again', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await closeTask(list, key);
    for (const act of [closeTask, cancelTask, releaseTask]) {
      await expect(act(list, key)).rejects.toThrow(key);
    }
    await expect(blockTask(list, key, { reason: 'x' })).rejects.toMatchObject({
      code: 'invalid_transition',
    });
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('a container with open subtasks is closed only when that is said, and they are cancelled', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 3);
    await closeTask(list, `${key}.1`);
    await expect(closeTask(list, key)).rejects.toMatchObject({
      code: 'open_subtasks',
      message: `${key} has 2 open subtasks: ${key}.2, ${key}.3`,
    });
    const { task } = await closeTask(list, key, { cancelOpen: true, outcome: 'enough' });
    expect(task).toMatchObject({ status: 'completed', outcome: 'enough' });
    expect(await statusOf(list, `${key}.3`)).toBe('cancelled');
    const { events } = await readLog(list, { key, limit: 2 });
    expect(events.map(({ new: value }) => value)).toContainEqual(
      expect.objectContaining({ outcome: 'enough' }),
    );
  });

  test('what was worked on before it had subtasks is completed, although these are cancelled', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const waiting = await create(list, 'Waiting', { needs: [key] });
    await claimTask(list, key);
    const helper = await create(list, 'Helper', { parent: key });
    const result = { outcome: 'done', billableMinutes: 15, cancelOpen: true };
    const { task, nowReady } = await closeTask(list, key, result);
    expect(task).toMatchObject({ status: 'completed', outcome: 'done', billableMinutes: 15 });
    expect(await statusOf(list, helper)).toBe('cancelled');
    expect(nowReady).toEqual([waiting]);
    const verbs = (await readLog(list, { key, limit: 20 })).events.map(({ verb }) => verb);
    expect(verbs.filter((verb) => verb === 'cancelled' || verb === 'completed')).toEqual([
      'completed',
    ]);
    // It stays so, whatever else happens in its tree, until it is opened again.
    await reopenTask(list, helper);
    expect(await statusOf(list, key)).toBe('in_progress');
    await cancelTask(list, helper);
    expect(await statusOf(list, key)).toBe('in_progress');
    expect((await closeTask(list, key, { outcome: 'done' })).task).toMatchObject({
      status: 'completed',
      outcome: 'done',
    });
  });

  test('what nobody worked on is cancelled with its subtasks, and so is what is cancelled', async () => {
    const list = await lists.list();
    const plan = await createContainer(list, 2);
    expect((await closeTask(list, plan, { cancelOpen: true })).task.status).toBe('cancelled');
    await expect(closeTask(list, plan)).rejects.toMatchObject({ code: 'invalid_transition' });
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await create(list, 'Helper', { parent: key });
    expect((await cancelTask(list, key, { cancelOpen: true })).task.status).toBe('cancelled');
  });

  test('a container above what was worked on is completed with it', async () => {
    const list = await lists.list();
    const outer = await createContainer(list, 1);
    const key = `${outer}.1`;
    await claimTask(list, key);
    await create(list, 'Helper', { parent: key });
    await closeTask(list, key, { cancelOpen: true });
    expect(await statusOf(list, outer)).toBe('completed');
  });

  test('closing a container does not take a subtask from another live session', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    await claim(as(list, 'bob'), `${key}.2`);
    await expect(closeTask(list, key, { cancelOpen: true })).rejects.toMatchObject({
      code: 'already_claimed',
    });
    expect(await statusOf(list, `${key}.1`)).toBe('pending');
  });

  test('a cancelled container and what it cancels keep the reason', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    const { task } = await cancelTask(list, key, { cancelOpen: true, reason: 'not wanted' });
    expect(task).toMatchObject({ status: 'cancelled', outcome: 'not wanted' });
    expect((await showTask(list, `${key}.1`)).task).toMatchObject({
      status: 'cancelled',
      outcome: 'not wanted',
    });
  });

  test('cancelling what is left of a container that is partly done does not call its result a reason', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    await closeTask(list, `${key}.1`);
    const { task } = await cancelTask(list, key, { cancelOpen: true, reason: 'not wanted' });
    expect(task).toMatchObject({ status: 'completed', outcome: null });
    expect((await showTask(list, `${key}.2`)).task).toMatchObject({ outcome: 'not wanted' });
  });

  test('cancelling frees what waited: it will not come', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const waiting = await create(list, 'Waiting', { needs: [key] });
    const answer = await cancelTask(list, key, { reason: 'no' });
    expect(answer.nowReady).toEqual([waiting]);
    expect(answer.task).toMatchObject({ status: 'cancelled', outcome: 'no', startedAt: null });
  });

  test('a task that is opened again is pending, and what needed it waits again', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const waiting = await create(list, 'Waiting', { needs: [key] });
    await closeTask(list, key, { outcome: 'thought so' });
    const { task } = await reopenTask(list, key);
    expect(task).toMatchObject({
      status: 'pending',
      completedAt: null,
      outcome: null,
      ready: true,
    });
    expect(await isReady(list, waiting)).toBe(false);
    const { events } = await readLog(list, { key, limit: 1 });
    expect(events[0]).toMatchObject({ verb: 'reopened', new: { formerOutcome: 'thought so' } });
    await expect(reopenTask(list, key)).rejects.toMatchObject({ code: 'invalid_transition' });
  });

  test('an outcome or reason that is too long, or has a NUL, is refused', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const long = 'x'.repeat(70_000);
    for (const outcome of [long, 'nul\0']) {
      await expect(call(list, close, { task: key, outcome })).rejects.toMatchObject({
        code: 'invalid_input',
      });
      await expect(call(list, cancel, { task: key, reason: outcome })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    expect(await statusOf(list, key)).toBe('pending');
  });
}
