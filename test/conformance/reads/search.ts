import { expect, test } from 'vitest';
import { type SearchOptions, searchTasks } from '../../../lib/tracker/reads/search.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create, createContainer } from '../agents/steps.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

async function find(list: Scope, query: string, options: Partial<SearchOptions> = {}) {
  const { tasks } = await searchTasks(list, query, { limit: 100, ...options });
  return tasks.map(({ key }) => key);
}

export function searchSuite(lists: TestLists): void {
  test('a task is found by its key, title, description, outcome and notes, newest first', async () => {
    const list = await lists.list();
    const titled = await create(list, 'Mend the Flux valve');
    const { task } = await createTask(list, { title: 'Other', description: 'the FLUX is low' });
    const done = await create(list, 'Done');
    await closeTask(list, done, { outcome: 'no flux any more' });
    const noted = await create(list, 'Noted');
    await addNote(list, noted, 'first');
    await addNote(list, noted, 'The flux went up');
    await create(list, 'Nothing of it');
    expect(await find(list, 'flux')).toEqual([noted, done, task.key, titled]);
    expect(await find(list, titled.toUpperCase())).toEqual([titled]);
  });

  test('every word must be there, wherever each of them is', async () => {
    const list = await lists.list();
    const both = await create(list, 'Import the invoices');
    await addNote(list, both, 'the vendor is slow');
    await create(list, 'Import the customers');
    expect(await find(list, 'vendor IMPORT')).toEqual([both]);
    expect(await find(list, 'vendor customers')).toEqual([]);
    expect(await find(list, 'nvoic')).toEqual([both]);
  });

  test('letters of every script match in either case', async () => {
    const list = await lists.list();
    const keys: string[] = [];
    for (const title of ['Ärger mit Öl', 'ärger mit öl', 'A\u0308RGER MIT O\u0308L']) {
      keys.unshift(await create(list, title));
    }
    const cyrillic = await create(list, 'Починить ЖУКА');
    await updateFields(list, cyrillic, { description: 'ΟΔΟΣ' });
    expect(await find(list, 'ärger ÖL')).toEqual(keys);
    expect(await find(list, 'Жука οδος')).toEqual([cyrillic]);
    expect(await find(list, 'arger')).toEqual([]);
  });

  test('what is a wildcard or a quote to an engine is a character here', async () => {
    const list = await lists.list();
    const texts = ['100% sure', 'snake_case', 'back\\slash', "it's", '[a-c]*', 'semi;colon--'];
    for (const text of texts) {
      const key = await create(list, text);
      const [word = ''] = text.split(' ');
      expect(await find(list, word)).toEqual([key]);
    }
    expect(await find(list, '%')).toHaveLength(1);
    expect(await find(list, '_')).toHaveLength(1);
    expect(await find(list, 'snakeXcase')).toEqual([]);
    for (const nothing of ['', '  ', '\n']) {
      await expect(find(list, nothing)).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  test('status and type narrow it, and subtasks and containers are found like others', async () => {
    const list = await lists.list();
    const container = await createContainer(list, 2);
    await closeTask(list, `${container}.1`);
    const { task } = await createTask(list, { title: 'Part of a study', task_type: 'research' });
    expect(await find(list, 'part')).toEqual([task.key, `${container}.2`, `${container}.1`]);
    expect(await find(list, 'part', { statuses: ['completed'] })).toEqual([`${container}.1`]);
    expect(await find(list, 'part', { types: ['research', 'review'] })).toEqual([task.key]);
    expect(await find(list, 'whole')).toEqual([container]);
  });

  test('all that match are counted, and no other list is looked at', async () => {
    const [list, other] = [await lists.list('mine'), await lists.list('theirs')];
    await create(other, 'Same words');
    for (let number = 0; number < 5; number += 1) await create(list, `Same words ${number}`);
    const answer = await searchTasks(list, 'words same', { limit: 2 });
    expect(answer.tasks.map(({ title }) => title)).toEqual(['Same words 4', 'Same words 3']);
    expect(answer).toMatchObject({ total: 5, lookedAt: 5, isCut: false });
  });

  test('only the newest are looked at, which is said, unless it is to be deep', async () => {
    const list = await lists.list();
    const keys: string[] = [];
    for (let number = 0; number < 7; number += 1) keys.unshift(await create(list, `T${number}`));
    const cut = await searchTasks(list, 't', { limit: 10, depth: 3 });
    expect(cut).toMatchObject({ total: 3, lookedAt: 3, isCut: true });
    expect(cut.tasks.map(({ key }) => key)).toEqual(keys.slice(0, 3));
    expect(await searchTasks(list, 't', { limit: 10, depth: 7 })).toMatchObject({
      total: 7,
      lookedAt: 7,
      isCut: false,
    });
    expect(await searchTasks(list, 't', { limit: 10, depth: 3, isDeep: true })).toMatchObject({
      total: 7,
      isCut: false,
    });
  });

  test('tasks of one moment are each looked at once, over the end of a page as well', async () => {
    const list = await lists.list();
    const keys = [];
    for (let number = 0; number < 9; number += 1) keys.push(await create(list, `Same ${number}`));
    await list.store.db.run(
      `UPDATE tasks SET created_at = '2026-01-01 00:00:00.000' WHERE workspace_id = ?`,
      [list.workspaceId],
    );
    for (const pageSize of [1, 2, 4, 9, 10]) {
      const found = await find(list, 'same', { pageSize });
      expect(found).toEqual([...keys].reverse());
    }
  });

  test('notes are found wherever a task’s id stands among others', async () => {
    const list = await lists.list();
    const other = await lists.list('other');
    const old = await create(list, 'Old');
    await addNote(list, old, 'the first valve');
    // Between the two lie many more notes than are read at a time.
    const noisy = await create(other, 'Noisy');
    for (let number = 0; number < 12; number += 1) await addNote(other, noisy, `valve ${number}`);
    const young = await create(list, 'Young');
    await addNote(list, young, 'the second valve');
    expect(await find(list, 'valve')).toEqual([young, old]);
    expect(await find(list, 'valve', { pageSize: 1 })).toEqual([young, old]);
  });
}
