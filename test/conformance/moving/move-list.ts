import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import { type MovedTable, movedTables } from '../../../lib/store/moving/moved-tables.ts';
import type { MovedRow } from '../../../lib/store/moving/read-rows.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { listInDatabase } from '../../../lib/tracker/moving/list-in-database.ts';
import { moveList } from '../../../lib/tracker/moving/move-list.ts';
import type { MovedSource } from '../../../lib/tracker/moving/moved-list.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { sqlite } from '../../engines/engines.ts';
import { findViolations } from '../invariants/check-invariants.ts';
import { scopeOf, type TestLists } from '../test-lists.ts';
import { fillList } from './fill-list.ts';

/** A SQLite file of its own. */
async function freshStore(): Promise<Scope['store']> {
  const { url, drop } = await sqlite.createDatabase('moving');
  const store = await openStore({ kind: 'sqlite', path: url.slice('sqlite:'.length) });
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  return store;
}

/** A filled list in a file of its own, with a slug that no other list has. */
async function filledList() {
  const store = await freshStore();
  const id = randomUUID();
  await ensureWorkspace(
    store,
    { id, slug: `from-${id.slice(0, 8).replace(/-/g, '')}` },
    'alice@one',
  );
  const shared = scopeOf(store, id);
  const list = { ...shared, worker: { ...shared.worker, session: `session-${id}` } };
  return { list, source: listInDatabase(store, id, 'the file'), ...(await fillList(list)) };
}

/** Everything that a list has, row by row. */
async function everythingOf({ store, workspaceId }: Scope): Promise<readonly unknown[]> {
  return listInDatabase(store, workspaceId, 'it').walk(async ({ head, pages }) => {
    const rows: unknown[] = [head.workspace];
    for (const table of movedTables) {
      for await (const page of pages(table)) rows.push(...page.map((row) => [table.name, row]));
    }
    return rows;
  });
}

/** The same source, which stops or lets something happen when so many pages were read. */
function interrupted(source: MovedSource, after: number, work: () => Promise<void>): MovedSource {
  let pages = 0;
  return {
    ...source,
    walk: (walk) =>
      source.walk((list) =>
        walk({
          ...list,
          async *pages(table: MovedTable): AsyncGenerator<readonly MovedRow[]> {
            for await (const page of list.pages(table)) {
              pages += 1;
              if (pages === after) await work();
              yield page;
            }
          },
        }),
      ),
  };
}

const nothing = { added: {}, changed: {}, removed: {} };

export function moveListSuite(lists: TestLists): void {
  test('a list that is moved and moved back is the same, with keys, history and times', async () => {
    const { list, source } = await filledList();
    const before = await everythingOf(list);
    expect(new Set(before.map((row) => (Array.isArray(row) ? row[0] : '')))).toEqual(
      new Set(['', ...movedTables.map(({ name }) => name)]),
    );
    const { followed, counts } = await moveList(source, lists.store());
    expect(followed).toBe(0);
    const there = scopeOf(lists.store(), list.workspaceId);
    expect(await everythingOf(there)).toEqual(before);
    expect(await findViolations(lists.store().db, list.workspaceId)).toEqual([]);
    const back = await freshStore();
    const again = listInDatabase(lists.store(), list.workspaceId, 'the engine');
    expect((await moveList(again, back)).counts).toEqual(counts);
    expect(await everythingOf(scopeOf(back, list.workspaceId))).toEqual(before);
  });

  test('every column of every table of a list is moved, as long as the schema has it', async () => {
    const found = await schemaOf(lists);
    const moved = movedTables.flatMap(({ name, columns }) =>
      columns.map((column) => [`${name}.${column.name}`, column] as const),
    );
    expect(new Set(moved.map(([name]) => name))).toEqual(new Set(found.keys()));
    for (const [name, { isNullable, longest }] of moved) {
      expect([name, isNullable]).toEqual([name, found.get(name)?.isNullable]);
      const length = found.get(name)?.length;
      if (length !== undefined) expect([name, longest]).toEqual([name, length]);
    }
  });

  test('a second time there is nothing to do, and nothing is written', async () => {
    const { list, source } = await filledList();
    await moveList(source, lists.store());
    const token = await guardOf(lists, list.workspaceId);
    const { plan, workspace } = await moveList(source, lists.store());
    expect(plan).toEqual(nothing);
    expect(workspace.id).toBe(list.workspaceId);
    expect(await guardOf(lists, list.workspaceId)).toBe(token);
  });

  test('a dry run says what there is to do and does nothing', async () => {
    const { list, source } = await filledList();
    const { plan, counts } = await moveList(source, lists.store(), { dryRun: true });
    expect(plan).toEqual({ added: { workspaces: 1, ...counts }, changed: {}, removed: {} });
    expect(await guardOf(lists, list.workspaceId)).toBeUndefined();
  });

  test('what was done, linked, moved and taken away since is brought along', async () => {
    const { list, source, waiting, held } = await filledList();
    await moveList(source, lists.store());
    const docket = docketOn(list);
    const { task } = await docket.call('show', { task: waiting });
    await docket.call('unlink', { task: waiting, target: task.needs[0] ?? '' });
    await docket.call('update', { task: waiting, parent: held.split('.')[0] ?? '' });
    await docket.call('close', { task: held });
    await docket.call('claim', {
      task: waiting === held ? held : ((await docket.call('ready', {})).tasks[0]?.key ?? ''),
    });
    await docket.call('undo', {});
    const { plan } = await moveList(source, lists.store());
    expect(plan.removed).toMatchObject({ task_dependencies: 1 });
    const there = scopeOf(lists.store(), list.workspaceId);
    expect(await everythingOf(there)).toEqual(await everythingOf(list));
    expect(await findViolations(lists.store().db, list.workspaceId)).toEqual([]);
  });

  test('a list that went on by itself is left alone', async () => {
    const { list, source } = await filledList();
    await moveList(source, lists.store());
    const there = scopeOf(lists.store(), list.workspaceId);
    await docketOn(there).call('create', { title: 'Made there' });
    const before = await everythingOf(there);
    await expect(moveList(source, lists.store())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has 1 events more than this one'),
    });
    await docketOn(list).call('create', { title: 'Made here' });
    await docketOn(list).call('create', { title: 'Made here as well' });
    await expect(moveList(source, lists.store())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has another history there'),
      hint: expect.stringContaining('docket import FILE --format bd'),
    });
    expect(await everythingOf(there)).toEqual(before);
  });

  test.each([2, 5, 9, 12])('one that stops at page %i goes on where it was', async (page) => {
    const { list, source } = await filledList();
    // A dry look is left out where there is no other list, so that the pages are those of the writing.
    const stopped = interrupted(source, page, () => Promise.reject(new Error('stopped')));
    await expect(moveList(stopped, lists.store())).rejects.toThrow('stopped');
    await moveList(source, lists.store());
    const there = scopeOf(lists.store(), list.workspaceId);
    expect(await everythingOf(there)).toEqual(await everythingOf(list));
  });

  test('what sessions write meanwhile is seen and brought along', async () => {
    const { list, source } = await filledList();
    const target = await freshStore();
    const busy = interrupted(source, 10, async () => {
      const other = await reopened(list);
      await docketOn(other).call('create', { title: 'Made meanwhile' });
    });
    const { followed } = await moveList(busy, target);
    expect(followed).toBeGreaterThan(0);
    expect(await everythingOf(scopeOf(target, list.workspaceId))).toEqual(await everythingOf(list));
  });

  test('a slug that is taken there becomes another, and a key that is taken is refused', async () => {
    const { list, source } = await filledList();
    const target = await freshStore();
    const slug = await source.walk(async ({ head }) => head.workspace.slug);
    await ensureWorkspace(target, { id: randomUUID(), slug }, 'bob@two');
    const { workspace, otherLists } = await moveList(source, target);
    expect(workspace.slug).toBe(/\d$/.test(slug) ? `${slug}-2` : `${slug}2`);
    expect(otherLists).toBe(1);
    expect(await everythingOf(scopeOf(target, list.workspaceId))).toHaveLength(
      (await everythingOf(list)).length,
    );

    const [key = ''] = (await docketOn(list).call('list', {})).tasks.map((task) => task.key);
    const clash = await freshStore();
    const other = scopeOf(clash, randomUUID());
    await ensureWorkspace(clash, { id: other.workspaceId, slug: 'other' }, 'bob@two');
    const { task } = await docketOn(other).call('create', { title: 'Of another list' });
    await clash.db.run('UPDATE tasks SET task_key = ? WHERE task_key = ?', [key, task.key]);
    await expect(moveList(source, clash)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(key),
    });
    expect((await clash.db.query('SELECT id FROM workspaces')).length).toBe(1);
  });
}

async function guardOf(lists: TestLists, id: string): Promise<unknown> {
  const rows = await lists
    .store()
    .db.query('SELECT guard_token FROM workspaces WHERE id = ?', [id]);
  return rows[0]?.guard_token;
}

/** The same list over another connection. */
async function reopened(list: Scope): Promise<Scope> {
  const [file] = await list.store.db.query('PRAGMA database_list');
  const store = await openStore({ kind: 'sqlite', path: String(file?.file) });
  onTestFinished(() => store.close());
  return { ...list, store };
}

interface SchemaColumn {
  readonly isNullable: boolean;
  /** Characters; undefined where the engine or the type has no bound. */
  readonly length: number | undefined;
}

/** Tables that are no rows of one list; `more` is made by the test of rights. */
const others = ['workspaces', 'docket_migrations', 'more'];

/** The columns of a database by table and name, as the engine itself tells them. */
async function schemaOf(lists: TestLists): Promise<ReadonlyMap<string, SchemaColumn>> {
  const { db } = lists.store();
  const rows = await db.query(
    lists.engine.name === 'sqlite'
      ? `SELECT m.name AS tab, c.name AS col, c."notnull" = 0 AND c.pk = 0 AS nullable, NULL AS len
         FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`
      : `SELECT TABLE_NAME AS tab, COLUMN_NAME AS col, IS_NULLABLE = 'YES' AS nullable,
           CASE WHEN DATA_TYPE = 'varchar' THEN CHARACTER_MAXIMUM_LENGTH END AS len
         FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  );
  return new Map(
    rows
      .filter(({ tab }) => !others.includes(String(tab)))
      .map(({ tab, col, nullable, len }) => [
        `${tab}.${col}`,
        { isNullable: Number(nullable) === 1, length: len === null ? undefined : Number(len) },
      ]),
  );
}
