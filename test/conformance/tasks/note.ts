import { expect, test } from 'vitest';
import { limits } from '../../../lib/model/limits.ts';
import { note } from '../../../lib/operations/note.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

export function noteSuite(lists: TestLists): void {
  test('notes of everybody stand in the order they were made', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const { note } = await addNote(list, key, 'first\nof two lines');
    expect(note).toMatchObject({
      task: key,
      text: 'first\nof two lines',
      actor: 'alice@one',
      session: 'alice-session',
      agent: 'main',
    });
    await addNote(as(list, 'bob', 'tester'), key, 'second');
    const { notes } = await showTask(list, key);
    expect(notes.map(({ text, actor, agent }) => [text, actor, agent])).toEqual([
      ['first\nof two lines', 'alice@one', 'main'],
      ['second', 'bob@two', 'tester'],
    ]);
  });

  test('a note may be as long as the limit, and not longer, nor empty', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const text = '🦀'.repeat(limits.note);
    await addNote(list, key, text);
    expect((await showTask(list, key)).notes[0]?.text).toBe(text);
    for (const wrong of [`${text}x`, '', ' \n', 'nul\0']) {
      await expect(call(list, note, { task: key, text: wrong })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    await expect(addNote(list, 'zzzz', 'x')).rejects.toMatchObject({ code: 'not_found' });
    expect((await readLog(list, { limit: 10 })).events).toHaveLength(2);
  });

  test('a note does not read the others', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    for (let count = 0; count < 5; count += 1) await addNote(list, key, `note ${count}`);
    let rows = 0;
    const { store } = list;
    const counting: typeof store = {
      ...store,
      write: (work) =>
        store.write((db) =>
          work({
            ...db,
            query: async (sql, params) => {
              const found = await db.query(sql, params);
              if (sql.includes('task_notes')) rows += found.length;
              return found;
            },
            batch: async (statements) => {
              const results = await db.batch(statements);
              for (const [index, { sql }] of statements.entries()) {
                if (sql.includes('task_notes')) rows += results[index]?.rows.length ?? 0;
              }
              return results;
            },
          }),
        ),
    };
    await addNote({ ...list, store: counting }, key, 'the sixth');
    expect(rows).toBe(0);
  });
}
