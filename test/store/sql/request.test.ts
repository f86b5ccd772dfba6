import { expect, test } from 'vitest';
import type { Statement } from '../../../lib/store/contract.ts';
import { ask, query, together } from '../../../lib/store/sql/request.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';

const one = query('SELECT 1 AS n', [], ([row]) => Number(row?.n));
const none = { statements: [], read: () => 'nothing asked' };
const both = {
  statements: [
    { sql: 'SELECT ? AS n', params: [2] },
    { sql: 'SELECT 3 AS n UNION ALL SELECT 4' },
  ] satisfies readonly Statement[],
  read: (results: readonly { readonly rows: readonly unknown[] }[]) =>
    results.map(({ rows }) => rows.length),
};

test('several requests are one flight, and each reads its own results', async () => {
  const { db, close } = await openSqlite(':memory:', { mode: 'write' });
  const flights: number[] = [];
  const counted = {
    ...db,
    batch(statements: readonly Statement[]) {
      flights.push(statements.length);
      return db.batch(statements);
    },
  };
  expect(await ask(counted, together(one, none, both, one))).toEqual([
    1,
    'nothing asked',
    [1, 2],
    1,
  ]);
  expect(flights).toEqual([4]);
  await close();
});

test('a request without statements asks nothing', async () => {
  const { db, close } = await openSqlite(':memory:', { mode: 'write' });
  await close();
  expect(await ask(db, none)).toBe('nothing asked');
});
