import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import { movedTables } from '../../../lib/store/moving/moved-tables.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { listInDatabase } from '../../../lib/tracker/moving/list-in-database.ts';
import { checkFile } from '../../../lib/tracker/moving/list-in-file.ts';
import { listLines } from '../../../lib/tracker/moving/list-lines.ts';
import { moveList } from '../../../lib/tracker/moving/move-list.ts';
import type { MovedSource } from '../../../lib/tracker/moving/moved-list.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { sqlite } from '../../engines/engines.ts';
import { findViolations } from '../invariants/check-invariants.ts';
import { scopeOf, type TestLists } from '../test-lists.ts';

/** A list in a file of its own whose last event is of a task that has ended, and a copy of it. */
async function copiedList(lists: TestLists) {
  const { url, drop } = await sqlite.createDatabase('archive');
  const store = await openStore({ kind: 'sqlite', path: url.slice('sqlite:'.length) });
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  const id = randomUUID();
  await ensureWorkspace(store, { id, slug: `old-${id.slice(0, 8)}` }, 'alice@one');
  const list = scopeOf(store, id);
  const docket = docketOn(list);
  const { task, subtasks } = await docket.call('plan', {
    title: 'Old',
    subtasks: [{ title: 'One' }, { title: 'Two' }],
  });
  const { task: billed } = await docket.call('create', { title: 'Billed', needs: [task.key] });
  await docket.call('client.add', { name: 'Acme' });
  await docket.call('update', { task: billed.key, client: 'acme', billable: true });
  for (const { key } of subtasks) await docket.call('close', { task: key });
  await docket.call('close', { task: billed.key, billable_minutes: 5 });
  await docket.call('note', { task: `${task.key}.1`, text: 'the last event' });
  await moveList(listInDatabase(store, id, 'the file'), lists.store());
  const step = `${task.key}.1`;
  return { list, docket, step, there: scopeOf(lists.store(), id) };
}

async function rowsOf({ store, workspaceId }: Scope): Promise<readonly unknown[]> {
  return listInDatabase(store, workspaceId, 'it').walk(async ({ pages }) => {
    const rows: unknown[] = [];
    // Sessions give signs of life all the time.
    for (const table of movedTables.filter(({ name }) => name !== 'sessions')) {
      for await (const page of pages(table)) rows.push(...page.map((row) => [table.name, row]));
    }
    return rows;
  });
}

/** The list as the file that it is exported to. */
async function exported({ store, workspaceId }: Scope): Promise<MovedSource> {
  const lines: string[] = [];
  await listInDatabase(store, workspaceId, 'it').walk(async (list) => {
    const origin = { version: '1', at: '2026-11-29T00:00:00.000Z' };
    for await (const text of listLines(list, origin)) lines.push(...text.trimEnd().split('\n'));
  });
  return checkFile({ name: 'list.jsonl', lines: () => lines });
}

export function moveArchiveSuite(lists: TestLists): void {
  for (const by of ['database', 'file']) {
    test(`an older copy is brought in line with what was archived since, by a ${by}`, async () => {
      const { list, docket, step, there } = await copiedList(lists);
      const source = () =>
        by === 'file'
          ? exported(list)
          : Promise.resolve(listInDatabase(list.store, list.workspaceId, 'the file'));
      const archived = await archiveTasks(list, { olderThan: -60_000, keep: 0 });
      expect(archived).toMatchObject({ archived: { trees: 1, tasks: 3 }, kept: { billed: 1 } });
      await moveList(await source(), there.store);
      expect(await rowsOf(there)).toEqual(await rowsOf(list));
      expect(await findViolations(there.store.db, list.workspaceId)).toEqual([]);
      expect(await docketOn(there).call('show', { task: step })).toMatchObject({ archived: {} });
      await docket.call('reopen', { task: step });
      await moveList(await source(), there.store);
      expect(await rowsOf(there)).toEqual(await rowsOf(list));
      expect(await findViolations(there.store.db, list.workspaceId)).toEqual([]);
    });
  }
}
