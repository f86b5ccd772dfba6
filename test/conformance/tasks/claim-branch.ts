import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { overview } from '../../../lib/tracker/reads/overview.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { claimNext, claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { create } from '../agents/steps.ts';
import { as, type TestLists } from '../test-lists.ts';

const utc = { timeZone: 'UTC' };

export function claimBranchSuite(lists: TestLists): void {
  const branchOf = async (list: Scope, key: string) =>
    (await showTask(list, key)).task.claim?.branch;

  test('the branch of a claim is told wherever the claim is', async () => {
    const list = await lists.list('branches');
    const key = await create(list, 'Task');
    const { task } = await claimTask(list, key, { branch: 'fix-login' });
    expect(task.claim).toMatchObject({ session: 'alice-session', branch: 'fix-login' });
    expect(await branchOf(list, key)).toBe('fix-login');
    const { mine } = await overview(list, utc);
    expect(mine.tasks.map(({ claim }) => claim?.branch)).toEqual(['fix-login']);
    const reading = await readPromptList(lists.connection(), {
      workspaceId: list.workspaceId,
      sessionId: 'bob-session',
      open: { mode: 'read', busyTimeout: 20 },
    });
    expect(reading?.list.others).toMatchObject([{ key, branch: 'fix-login' }]);
  });

  test('the next task and a status are claimed with a branch, too', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    await claimNext(list, { branch: 'one' });
    expect(await branchOf(list, first)).toBe('one');
    const second = await create(list, 'Second');
    await updateTask(list, second, {
      patch: {},
      status: { status: 'in_progress', branch: 'worktree:web-2' },
    });
    expect(await branchOf(list, second)).toBe('worktree:web-2');
  });

  test('a claim without a branch tells none', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { task } = await claimTask(list, key);
    expect(task.claim).not.toHaveProperty('branch');
  });

  test('who steals a claim brings an own branch or none, and undoing that gives the other back', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const force = { steal: true, force: true };
    const key = await create(list, 'Task');
    await claimTask(list, key, { branch: 'fix-login' });
    await claimTask(bob, key, { ...force, branch: 'login-2' });
    expect(await branchOf(list, key)).toBe('login-2');
    await undoLast(bob);
    expect(await branchOf(list, key)).toBe('fix-login');
    await claimTask(bob, key, force);
    expect(await branchOf(list, key)).toBeUndefined();
  });

  test('a release ends it, the next claim does not find it, and undo gives it back', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key, { branch: 'fix-login' });
    await releaseTask(list, key);
    const { task } = await undoLast(list);
    expect(task?.claim).toMatchObject({ session: 'alice-session', branch: 'fix-login' });
    expect(await branchOf(list, key)).toBe('fix-login');
    await releaseTask(list, key);
    await claimTask(as(list, 'bob'), key);
    expect(await branchOf(list, key)).toBeUndefined();
  });

  test('the loser is told where the holder works', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    await claimTask(list, key, { branch: 'x),\u00a0(you' });
    await expect(claimTask(as(list, 'bob'), key)).rejects.toMatchObject({
      message: expect.stringMatching(/#-session, (just now|.* ago), branch x_you$/),
    });
  });
}
