import { expect, test } from 'vitest';
import { clientOperations } from '../../../lib/operations/client.ts';
import { projectOperations } from '../../../lib/operations/project.ts';
import { report } from '../../../lib/operations/report.ts';
import { type SearchOptions, searchTasks } from '../../../lib/tracker/reads/search.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask, unblockTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create } from '../agents/steps.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

async function find(list: Scope, query: string, options: Partial<SearchOptions> = {}) {
  const { tasks } = await searchTasks(list, query, { limit: 100, ...options });
  return tasks.map(({ key }) => key);
}

/** What a search finds beyond titles and notes, and for whom. */
export function searchTextsSuite(lists: TestLists): void {
  test('a task is found by its context, its report, its files and why it was blocked or cancelled', async () => {
    const list = await lists.list();
    const reported = await create(list, 'Mend it');
    await claimTask(list, reported);
    await call(list, report, {
      task: reported,
      report: {
        status: 'completed',
        outcome: 'done',
        files_modified: ['etc/smb.conf.overrides'],
        next_steps: ['Watch "nmbd" in C:\\Shares\\test'],
      },
    });
    const { task: asked } = await createTask(list, {
      title: 'Import',
      task_context: { requirements: ['Größe in JSON', { format: 'NetBIOS' }], ports: [4711] },
    });
    const blocked = await create(list, 'Blocked');
    await blockTask(list, blocked, { reason: 'waiting for the landlord' });
    await unblockTask(list, blocked);
    const gone = await create(list, 'Gone');
    await cancelTask(list, gone, { reason: 'the tenant left' });
    expect(await find(list, 'SMB.conf')).toEqual([reported]);
    expect(await find(list, '"NMBD"')).toEqual([reported]);
    expect(await find(list, 'c:\\shares')).toEqual([reported]);
    expect(await find(list, 'größe netbios')).toEqual([asked.key]);
    expect(await find(list, 'GRÖSSE')).toEqual([]);
    expect(await find(list, '4711 import')).toEqual([asked.key]);
    expect(await find(list, 'landlord')).toEqual([blocked]);
    expect(await find(list, 'tenant')).toEqual([gone]);
    // The names of fields are no words of anybody.
    for (const name of ['requirements', 'files_modified', 'next_steps']) {
      expect(await find(list, name)).toEqual([]);
    }
  });

  test('words may stand in different texts, in letters of every script and sign', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, {
      title: 'Θερμοκρασία',
      task_context: { findings: ['273 \u212a is 0 °C', 'İzmir\nand 東京', 'e\u0301te\u0301'] },
    });
    await addNote(list, task.key, '100% of the snake_case');
    for (const words of ['kelvin', '273 ic', 'ete']) expect(await find(list, words)).toEqual([]);
    for (const words of ['273 k', 'i\u0307zmir 東京', 'été 100%', 'ΘΕΡΜΟΚΡΑΣΊΑ snake_case 0']) {
      expect(await find(list, words), words).toEqual([task.key]);
    }
  });

  test('a client, a project and an agent narrow it', async () => {
    const list = await lists.list();
    await call(list, clientOperations.add, { name: 'Acme' });
    await call(list, projectOperations.add, { name: 'Dashboard' });
    const make = async (input: Omit<Parameters<typeof createTask>[1], 'title'>) =>
      (await createTask(list, { title: 'Same words', ...input })).task.key;
    const acme = await make({ client: 'acme' });
    const dashboard = await make({ project: 'dashboard' });
    const agent = await make({ assigned_agent: 'Coding Agent' });
    expect(await find(list, 'same', { client: 'ACME' })).toEqual([acme]);
    expect(await find(list, 'same', { project: 'dashboard' })).toEqual([dashboard]);
    expect(await find(list, 'same', { agent: 'coding agent' })).toEqual([agent]);
    expect(await find(list, 'same', { client: '', project: '', pageSize: 1 })).toEqual([agent]);
    const unknown = find(list, 'same', { client: 'unknown' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });

  test('texts are found wherever a task’s id stands among others', async () => {
    const [list, other] = [await lists.list(), await lists.list('other')];
    const old = await create(list, 'Old');
    await blockTask(list, old, { reason: 'the first valve' });
    // Between the two lie many more reasons than are read at a time.
    for (let number = 0; number < 8; number += 1) {
      const noisy = await create(other, 'Noisy');
      await blockTask(other, noisy, { reason: 'valve' });
    }
    const young = await create(list, 'Young');
    await blockTask(list, young, { reason: 'the second valve' });
    for (const pageSize of [1, 2, 9]) {
      expect(await find(list, 'valve', { pageSize })).toEqual([young, old]);
    }
  });
}
