import { expect, test } from 'vitest';
import { readTraits } from '../../../lib/store/mysql/dialect.ts';

function traitsOf(product: string) {
  return readTraits({ rows: [{ product }], found: 0 });
}

test('a server that keeps the history of each commit locks no rows and runs on after an error', () => {
  expect(traitsOf('Dolt')).toEqual({
    hasHistory: true,
    locksRows: false,
    stopsAtErrors: false,
    takesPatterns: false,
    hasOwnCatalogue: false,
  });
});

test('TiDB says in a catalogue of its own which table a CHECK is of', () => {
  const named = 'TiDB Server (Apache License 2.0) Community Edition, MySQL 8.0 compatible';
  expect(traitsOf(named)).toMatchObject({ hasOwnCatalogue: true, locksRows: true });
});

test.each(['MySQL Community Server - GPL', 'Debian 12', ''])(
  '%s is as most servers are',
  (name) => {
    expect(traitsOf(name)).toEqual({
      hasHistory: false,
      locksRows: true,
      stopsAtErrors: true,
      takesPatterns: true,
      hasOwnCatalogue: false,
    });
  },
);
