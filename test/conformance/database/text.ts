import { expect, test } from 'vitest';
import { create as createOperation } from '../../../lib/operations/create.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create } from '../agents/steps.ts';
import { call } from '../call.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

/** Texts that an engine, a driver or a character set may spoil. */
const hostile: readonly string[] = [
  `'; DROP TABLE tasks; -- "`,
  "it's \\' \\\\ \\0 \\n %_ ? ?? :name @var $1 `x`",
  '🦀 👩‍👩‍👧 é e\u0301 ß ſ ﬃ İ ı 𝔘 \u{10ffff}',
  'tab\there  two spaces, and trailing ones   ',
  '‮right to left‬ \u0007bell \u001b[31mred\u001b[0m \u007f',
  'null',
  '0123',
  '1e5',
  '{"json": "inside", "n": 12345678901234567890}',
  '2026-11-21 10:02:03',
  ' ',
];

export function textSuite(lists: TestLists): void {
  test('every text comes back as it was written', async () => {
    const list = await lists.list();
    for (const text of hostile) {
      const title = text.trim() === '' ? 'blank' : text;
      const { task } = await call(list, createOperation, {
        title,
        description: text,
        task_context: { [text]: text, list: [text] },
      });
      const { key } = task;
      if (text.trim() !== '') {
        await addNote(list, key, text);
        await blockTask(list, key, { reason: text });
      }
      await closeTask(list, key, { outcome: text });
      const shown = await showTask(list, key);
      expect(shown.task).toMatchObject({
        title: title.trim(),
        description: text,
        context: { [text]: text, list: [text] },
        outcome: text,
      });
      if (text.trim() !== '') expect(shown.notes[0]?.text).toBe(text);
      const { events } = await readLog(list, { key, limit: 1 });
      expect(events[0]?.new).toMatchObject({ outcome: text });
    }
  });

  test('200 kB of text come back whole', async () => {
    const list = await lists.list();
    const description = 'é🦀x'.repeat(21_845);
    const big = 'z'.repeat(200_000);
    const { task } = await createTask(list, {
      title: 'Big',
      description,
      task_context: { big },
    });
    const shown = (await showTask(list, task.key)).task;
    expect(Buffer.byteLength(shown.description)).toBeGreaterThan(150_000);
    expect(shown.description === description).toBe(true);
    expect(shown.context.big === big).toBe(true);
  });

  test('a character that was lost before is no reason to refuse a text', async () => {
    const list = await lists.list();
    const text = 'lost \ufffd';
    const key = (await createTask(list, { title: text, description: text })).task.key;
    await addNote(list, key, text);
    await blockTask(list, key, { reason: text });
    expect((await showTask(list, key)).task).toMatchObject({ title: text, blockedReason: text });
  });

  test('half a surrogate pair becomes the replacement character and breaks nothing', async () => {
    const list = await lists.list();
    const { task } = await createTask(list, {
      title: 'half \ud83e',
      task_context: { a: '\udd80' },
    });
    expect((await showTask(list, task.key)).task.title).toBe('half \ufffd');
  });

  test('keys of a context that mean something to JavaScript are only keys', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const context = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x", "toString": null}');
    const { task } = await updateFields(list, key, { task_context: context });
    expect(task.context).toHaveProperty('constructor', 'x');
    expect(Object.keys(task.context)).not.toContain('toString');
    expect(Object.getPrototypeOf(task.context)).toBe(Object.prototype);
  });
}
