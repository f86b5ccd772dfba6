import { expect, test } from 'vitest';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { create } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';

const patch = { title: 'Mine' };

export function lateWorkerSuite(lists: TestLists): void {
  test('a worker whose task was taken does not change it as if it were still theirs', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await claimTask(as(list, 'bob'), key, { steal: true, force: true });
    await expect(updateTask(list, key, { patch })).rejects.toMatchObject({
      code: 'already_claimed',
      message: expect.stringContaining(`${key} is no longer yours: bob@two`),
      hint: `docket show ${key}; --force changes it all the same`,
    });
    // What the late worker found out is worth a note, and others may change what they never held.
    await addNote(list, key, 'the cause is the clock');
    await updateTask(as(list, 'carol'), key, { patch: { title: 'Better' } });
    const { task } = await updateTask(list, key, { patch, force: true });
    expect(task.title).toBe('Mine');
    await closeTask(as(list, 'bob'), key);
    await expect(updateTask(list, key, { patch: { title: 'Again' } })).rejects.toMatchObject({
      code: 'invalid_transition',
    });
  });

  test('a worker whose task others closed is told so, and who closed it may correct it', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await closeTask(as(list, 'bob'), key, { force: true });
    await expect(updateTask(list, key, { patch })).rejects.toMatchObject({
      code: 'invalid_transition',
      message: expect.stringMatching(
        `^${key} is completed: bob@two#bob-session closed it while you were`,
      ),
    });
    await updateTask(as(list, 'bob'), key, { patch });
    const own = await create(list, 'Own');
    await claimTask(list, own);
    await closeTask(list, own);
    expect((await updateTask(list, own, { patch })).task.title).toBe('Mine');
  });

  test('who gave a task up may change it, and who lost it and claims it again', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key);
    await releaseTask(list, key);
    await claimTask(as(list, 'bob'), key);
    await updateTask(list, key, { patch });
    const lost = await create(list, 'Lost');
    await claimTask(list, lost);
    await claimTask(as(list, 'bob'), lost, { steal: true, force: true });
    await releaseTask(as(list, 'bob'), lost);
    await expect(updateTask(list, lost, { patch })).rejects.toMatchObject({ code: 'not_claimed' });
    await claimTask(list, lost);
    await updateTask(list, lost, { patch });
  });

  test('the main agent changes what its subagents hold, and a subagent not what it lost', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const painter = as(list, 'alice', 'painter');
    await claimTask(painter, key);
    await updateTask(list, key, { patch });
    await claimTask(list, key, { steal: true });
    await expect(updateTask(painter, key, { patch: { title: 'x' } })).rejects.toMatchObject({
      code: 'already_claimed',
      message: expect.stringContaining('the main agent in this session'),
    });
  });
}
