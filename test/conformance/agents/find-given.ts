import { expect, test } from 'vitest';
import { findGiven } from '../../../lib/tracker/agents/find-given.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import type { TestLists } from '../test-lists.ts';

async function claimed(list: Scope, title: string, assignedAgent?: string): Promise<string> {
  const { task } = await createTask(list, { title });
  await claimTask(list, task.key, { assignedAgent, isForAgent: true });
  return task.key;
}

export function findGivenSuite(lists: TestLists): void {
  test('an agent is given the task of its session that its prompt names', async () => {
    const list = await lists.list();
    const key = await claimed(list, 'Paint', 'painter');
    const other = await claimed(list, 'Dry');
    const { task: open } = await createTask(list, { title: 'Open' });
    const given = await findGiven(list, { agent: 'helper', keys: [open.key, key, 'web-none'] });
    expect(given).toMatchObject({
      task: { key, title: 'Paint' },
      isNamed: true,
      run: { role: 'work', agent: 'painter' },
    });
    expect(await findGiven(list, { agent: 'helper', keys: [key, other] })).toBeUndefined();
    const byName = await findGiven(list, { agent: 'painter', keys: [key, other] });
    expect(byName?.task.key).toBe(key);
  });

  test('without a name in the prompt, the one task that is claimed for it', async () => {
    const list = await lists.list();
    const key = await claimed(list, 'Paint', 'painter');
    await claimed(list, 'Wash', 'washer');
    await claimed(list, 'Wipe', 'washer');
    const given = await findGiven(list, { agent: 'painter', keys: [] });
    expect(given).toMatchObject({ task: { key }, isNamed: false });
    expect(await findGiven(list, { agent: 'washer', keys: [] })).toBeUndefined();
    expect(await findGiven(list, { agent: 'helper', keys: [] })).toBeUndefined();
  });

  test('what another session holds, in this list or another, is not given', async () => {
    const list = await lists.list();
    const key = await claimed(list, 'Paint', 'painter');
    const worker = { ...list.worker, session: 'another' };
    const words = { agent: 'painter', keys: [key] };
    expect(await findGiven({ ...list, worker }, words)).toBeUndefined();
    const { workspaceId } = await lists.list();
    expect(await findGiven({ ...list, workspaceId }, words)).toBeUndefined();
  });
}
