import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { openCliHarness, workspace } from '../../cli/cli-harness.ts';
import { scopeOf } from '../../conformance/test-lists.ts';

/** A task in the archive, whose lines anybody may have written. */
async function archivedTask(change: (lines: string) => string) {
  const harness = openCliHarness();
  const key = await harness.create('Old');
  await harness.text('note', key, 'a note');
  await harness.text('close', key);
  const store = await openStore({ kind: 'sqlite', path: harness.database });
  await archiveTasks(scopeOf(store, workspace.id), { olderThan: 0, keep: 0 });
  await store.close();
  const db = new DatabaseSync(harness.database);
  const { body } = db.prepare('SELECT body FROM archived_lines').get() as { body: string };
  expect(change(body)).not.toBe(body);
  db.prepare('UPDATE archived_lines SET body = ?').run(change(body));
  db.close();
  return { harness, key };
}

const other = '01890000-0000-7000-8000-00000000000f';
const line = (table: string, row: object) => `${JSON.stringify({ table, row })}\n`;

test.each([
  ['of another list', (lines: string) => lines.replaceAll(workspace.id, other)],
  ['of a table that belongs to no task', (lines: string) => lines + line('clients', { id: other })],
  [
    'of a task outside',
    (lines: string) => lines + line('task_notes', { id: other, task_id: other, body: 'x' }),
  ],
  ['with a value that no row has', (lines: string) => lines.replace('"a note"', '["a note"]')],
])('an archived tree that has a row %s is neither shown nor brought back', async (_, change) => {
  const { harness, key } = await archivedTask(change);
  const damaged = { code: 'conflict', message: `the archived tree of ${key} is damaged` };
  expect(await harness.error('show', key)).toMatchObject(damaged);
  expect(await harness.error('reopen', key)).toMatchObject(damaged);
});
