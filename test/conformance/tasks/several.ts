import { expect, test } from 'vitest';
import { claim } from '../../../lib/operations/claim.ts';
import { close } from '../../../lib/operations/close.ts';
import { release } from '../../../lib/operations/release.ts';
import { show } from '../../../lib/operations/show.ts';
import { showTask, showTasks } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import {
  blockTask,
  releaseTask,
  reopenTask,
  unblockTask,
} from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { create, createContainer, statusOf } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

async function statusesOf(list: Scope, keys: readonly string[]): Promise<readonly string[]> {
  const { details } = await showTasks(list, keys);
  return details.map(({ task }) => task.status);
}

/** The verbs and keys of the newest events, oldest first. */
async function newestEvents(list: Scope, limit: number): Promise<readonly string[]> {
  const { events } = await readLog(list, { limit });
  return events.map(({ verb, task }) => `${verb} ${task}`).toReversed();
}

/** Verbs on several tasks in one transaction. */
export function severalSuite(lists: TestLists): void {
  async function three(list: Scope): Promise<readonly [string, string, string]> {
    return [await create(list, 'One'), await create(list, 'Two'), await create(list, 'Three')];
  }

  test('several tasks go through every verb together, each with its event', async () => {
    const list = await lists.list();
    const keys = await three(list);
    const waiting = await create(list, 'Waiting', { needs: [...keys] });
    for (const [act, status, verb] of [
      [claimTask, 'in_progress', 'claimed'],
      [
        (at: Scope, of: readonly string[]) => blockTask(at, of, { reason: 'The key' }),
        'blocked',
        'blocked',
      ],
      [unblockTask, 'in_progress', 'unblocked'],
      [releaseTask, 'pending', 'released'],
      [cancelTask, 'cancelled', 'cancelled'],
      [reopenTask, 'pending', 'reopened'],
      [closeTask, 'completed', 'completed'],
    ] as const) {
      const { tasks, nowReady } = await act(list, keys);
      expect(tasks.map(({ key }) => key)).toEqual(keys);
      expect(new Set(tasks.map((task) => task.status))).toEqual(new Set([status]));
      expect(nowReady).toEqual(/completed|cancelled/.test(verb) ? [waiting] : []);
      expect(await newestEvents(list, 3)).toEqual(keys.map((key) => `${verb} ${key}`));
    }
  });

  test('when one of them is refused, none is changed, and the error says so', async () => {
    const list = await lists.list();
    const [one, two, three_] = await three(list);
    await claimTask(as(list, 'bob'), two);
    const before = await newestEvents(list, 1);
    for (const keys of [
      [one, two],
      [two, one],
      [one, three_, two],
    ]) {
      await expect(closeTask(list, keys)).rejects.toMatchObject({
        code: 'already_claimed',
        message: expect.stringMatching(/bob@two.*; so none of the tasks was changed$/),
      });
    }
    await expect(claimTask(list, [one, `${three_}9`])).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('none of the tasks was changed'),
    });
    expect(await statusesOf(list, [one, two, three_])).toEqual([
      'pending',
      'in_progress',
      'pending',
    ]);
    expect(await newestEvents(list, 1)).toEqual(before);
  });

  test('a task that is named twice, whole and shortened, is changed once', async () => {
    const list = await lists.list('web');
    const key = await create(list, 'Task');
    const other = await create(list, 'Other');
    const { tasks, handOvers } = await claimTask(list, [
      key,
      key.replace('web-', ''),
      ` ${key.toUpperCase()}`,
      other,
    ]);
    expect(tasks.map((task) => task.key)).toEqual([key, other]);
    expect(handOvers).toHaveLength(2);
    expect(await newestEvents(list, 2)).toEqual([`claimed ${key}`, `claimed ${other}`]);
  });

  test('a container is closed together with its last subtasks, in any order', async () => {
    const list = await lists.list();
    for (const named of [
      (key: string) => [key, `${key}.1`, `${key}.2`],
      (key: string) => [`${key}.2`, key, `${key}.1`],
    ]) {
      const key = await createContainer(list, 2);
      const { tasks, followed } = await closeTask(list, named(key), { outcome: 'Both work' });
      expect(tasks.map((task) => [task.key, task.status, task.outcome])).toEqual(
        named(key).map((each) => [each, 'completed', 'Both work']),
      );
      expect(followed).toEqual([]);
    }
  });

  test('a container is not closed together with some of its subtasks only', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    await expect(closeTask(list, [key, `${key}.1`])).rejects.toMatchObject({
      code: 'open_subtasks',
      message: expect.stringContaining(`${key}.2`),
    });
    expect(await statusOf(list, `${key}.1`)).toBe('pending');
    const answer = await closeTask(list, [key, `${key}.1`], { cancelOpen: true });
    expect(answer.tasks.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(await statusOf(list, `${key}.2`)).toBe('cancelled');
  });

  test('a container is cancelled together with its subtasks', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    const keys = [key, `${key}.1`, `${key}.2`];
    const { tasks } = await cancelTask(list, keys, { reason: 'Not wanted' });
    expect(tasks.map(({ status, outcome }) => [status, outcome])).toEqual(
      keys.map(() => ['cancelled', 'Not wanted']),
    );
  });

  test('what waits for another is closed after it, whichever is named first', async () => {
    const list = await lists.list();
    const container = await createContainer(list, 1);
    const first = await create(list, 'First');
    const second = await create(list, 'Second', { needs: [first, container] });
    const { tasks } = await closeTask(list, [second, first, `${container}.1`]);
    expect(tasks.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    const events = await newestEvents(list, 4);
    expect(events.at(-1)).toBe(`completed ${second}`);
  });

  test('claiming a task and what it waits for is refused as a whole', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const second = await create(list, 'Second', { needs: [first] });
    await expect(claimTask(list, [second, first])).rejects.toMatchObject({ code: 'waiting' });
    expect(await statusOf(list, first)).toBe('pending');
  });

  test('tasks of two lists are not changed together', async () => {
    const list = await lists.list();
    const other = await lists.list();
    const [here, there] = [await create(list, 'Here'), await create(other, 'There')];
    await expect(closeTask(list, [here, there])).rejects.toMatchObject({ code: 'conflict' });
    expect(await statusOf(list, here)).toBe('pending');
    expect((await showTask(other, there)).task.status).toBe('pending');
  });

  test('operations take one task or several, and never both, none or too many', async () => {
    const list = await lists.list();
    const [one, two] = await three(list);
    expect(await call(list, claim, { tasks: [one, two] })).toMatchObject({
      tasks: [{ key: one }, { key: two }],
    });
    expect(await call(list, show, { tasks: [two, one, two] })).toMatchObject({
      details: [{ task: { key: two } }, { task: { key: one } }],
    });
    const wrong = { code: 'invalid_input' };
    await expect(call(list, release, { task: one, tasks: [two] })).rejects.toMatchObject(wrong);
    await expect(call(list, release, {})).rejects.toMatchObject(wrong);
    await expect(call(list, release, { tasks: [] })).rejects.toMatchObject(wrong);
    const many = Array.from({ length: 101 }, () => one);
    await expect(call(list, release, { tasks: many })).rejects.toMatchObject({
      ...wrong,
      message: '101 tasks are named; 1 to 100 go together',
    });
    for (const ofOne of [{ follow_ups: [{ title: 'Next' }] }, { billable_minutes: 5 }]) {
      await expect(call(list, close, { tasks: [one, two], ...ofOne })).rejects.toMatchObject({
        ...wrong,
        message: expect.stringContaining('is of one task'),
      });
    }
    expect(await statusesOf(list, [one, two])).toEqual(['in_progress', 'in_progress']);
  });
}
