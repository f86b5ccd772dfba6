import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Row, Statement, Store } from '../../../lib/store/contract.ts';
import { composeTexts } from '../../../lib/store/mysql/wire/compose-texts.ts';
import { assignments, insertRow, insertRows, runWrites } from '../../../lib/store/sql/write.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';

const at = '2026-11-28 10:00:00.000';
let store: Store;

beforeEach(async () => {
  store = await openSqlite(':memory:', { mode: 'write' });
  await store.db.run('CREATE TABLE items (id INTEGER, body TEXT, at TEXT)');
});

afterEach(() => store.close());

test('rows are inserted a hundred by one statement, in their order', async () => {
  const { db } = store;
  const rows = Array.from({ length: 205 }, (_, id): Row => ({ id, body: `n${id}`, at }));
  const statements = insertRows('items', rows);
  expect(statements.map(({ params }) => params?.length)).toEqual([300, 300, 15]);
  expect(await runWrites(db, statements)).toEqual([100, 100, 5]);
  expect(await db.query('SELECT id, body, at FROM items ORDER BY rowid')).toEqual(rows);
});

test('a statement ends before its text is a megabyte long, but for one long row', () => {
  const lengths = [150_000, 150_000, 150_000, 700_000, 1, 349_999, 1];
  const rows = lengths.map((length, id) => ({ id, body: 'x'.repeat(length) }));
  const statements = insertRows('items', rows);
  expect(
    statements.map(({ params }) => params?.filter((value) => typeof value === 'number')),
  ).toEqual([[0, 1], [2], [3], [4, 5], [6]]);
});

test('a statement of a server that takes a megabyte fits, also when no letter is ASCII', () => {
  const rows = Array.from({ length: 12 }, (_, id) => ({ id, body: '漢'.repeat(60_000) }));
  const texts = composeTexts(insertRows('items', rows));
  expect(Math.max(...texts.map(({ sql }) => sql.length))).toBeLessThan(1024 * 1024);
});

test('no rows are no statement and no flight', async () => {
  let flights = 0;
  const counted = {
    ...store.db,
    batch(statements: readonly Statement[]) {
      flights += 1;
      return store.db.batch(statements);
    },
  };
  expect(await runWrites(counted, insertRows('items', []))).toEqual([]);
  expect(flights).toBe(0);
});

test('no value of a row can end its statement', async () => {
  const { db } = store;
  const body = "'); DROP TABLE items; --";
  await runWrites(db, [insertRow('items', { id: 1, body, at: null })]);
  expect(await db.query('SELECT body, at FROM items')).toEqual([{ body, at: null }]);
});

test('a row that must be there and is not is a conflict that names it', async () => {
  const { db } = store;
  await runWrites(db, [insertRow('items', { id: 1, body: 'a', at })]);
  const { sets, params } = assignments({ body: 'b', at });
  const change = (id: number) => ({
    sql: `UPDATE items SET ${sets} WHERE id = ?`,
    params: [...params, id],
    mustFind: 1,
    written: `item ${id}`,
  });
  expect(await runWrites(db, [change(1)])).toEqual([1]);
  await expect(runWrites(db, [change(1), change(2)])).rejects.toMatchObject({
    code: 'conflict',
    message: 'item 2 was changed meanwhile',
  });
  const [gone] = await runWrites(db, [{ sql: 'DELETE FROM items WHERE id = ?', params: [2] }]);
  expect(gone).toBe(0);
});
