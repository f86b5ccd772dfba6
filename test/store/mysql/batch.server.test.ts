import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SqlValue, StatementResult, Store } from '../../../lib/store/contract.ts';
import { serverEngines } from '../../engines/engines.ts';
import { emptyPlace, type Place } from './open-store.ts';
import { tapWire, type WireTap } from './wire-tap.ts';

const modes = ['', 'ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'];

const hostile = [
  `'; DELETE FROM words; -- `,
  `\\'; DELETE FROM words; -- `,
  `"; DELETE FROM words; #`,
  '`; DELETE FROM words; /*',
  `'\n;\nDELETE FROM words\n;\n`,
  `*/ ; COMMIT ; /*! DELETE FROM words */`,
  `\u00bf'; DELETE FROM words; -- `,
  '?; ?',
  '$$; DELIMITER //',
  '\u0000;\u001a',
];

/** Gives what the contract has of a result. */
const byContract = ({ rows, found }: StatementResult): StatementResult => ({ rows, found });

describe.each(serverEngines)('a batch on $name', (engine) => {
  test.for(modes)('no value ends a statement in sql_mode "%s"', async (mode, context) => {
    const { store } = await openWords(await emptyPlace(engine, context), context);
    await store.db.run(`SET SESSION sql_mode = '${mode}'`);
    await store.db.run("INSERT INTO words VALUES (1, 'canary')");
    const value: fc.Arbitrary<SqlValue> = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', ';', '`', '-', '#', '?', '\n', ' ') }),
      fc.integer(),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 8 }), async (values) => {
        const results = await store.db.batch([
          ...values.map((each) => ({ sql: 'SELECT ? AS word', params: [each] })),
          { sql: 'SELECT COUNT(*) AS total, MIN(word) AS word FROM words' },
        ]);
        expect(results.slice(0, -1).map(byContract)).toEqual(
          values.map((word) => ({ rows: [{ word }], found: 0 })),
        );
        expect(results.at(-1)?.rows).toEqual([{ total: 1, word: 'canary' }]);
      }),
      { numRuns: 150, examples: [[hostile]] },
    );
  });

  test('gives one result for each statement, in one flight with the beginning', async (context) => {
    const { store, tap } = await openWords(await emptyPlace(engine, context), context);
    tap.takeTexts();
    const results = await store.write((transaction) =>
      transaction.batch([
        { sql: 'INSERT INTO words VALUES (?, ?), (?, ?)', params: [1, 'one', 2, 'two'] },
        { sql: 'SELECT word FROM words ORDER BY id' },
        { sql: 'UPDATE words SET word = word' },
        { sql: 'SELECT word FROM words WHERE id = 9' },
      ]),
    );
    expect(results.map(byContract)).toEqual([
      { rows: [], found: 2 },
      { rows: [{ word: 'one' }, { word: 'two' }], found: 0 },
      { rows: [], found: 2 },
      { rows: [], found: 0 },
    ]);
    const texts = tap.takeTexts();
    expect(texts).toHaveLength(2);
    expect(texts[1]).toMatch(/COMMIT/);
  });

  test('inside a transaction fails as a whole, and the store goes on', async (context) => {
    const { store } = await openWords(await emptyPlace(engine, context), context);
    const failing = store.write((transaction) =>
      transaction.batch([
        { sql: "INSERT INTO words VALUES (1, 'first')" },
        { sql: 'INSERT INTO words VALUES (2, NULL)' },
        { sql: "INSERT INTO words VALUES (3, 'after')" },
      ]),
    );
    await expect(failing).rejects.toMatchObject({ code: 'invariant' });
    expect(await wordsOf(store)).toEqual([]);
    await store.write((transaction) => transaction.run("INSERT INTO words VALUES (4, 'on')"));
    expect(await wordsOf(store)).toEqual(['on']);
  });

  test('of which an error was caught commits nothing', async (context) => {
    const { store } = await openWords(await emptyPlace(engine, context), context);
    const caught = store.write(async (transaction) => {
      await transaction.run("INSERT INTO words VALUES (1, 'first')");
      await transaction
        .batch([
          { sql: "INSERT INTO words VALUES (2, 'second')" },
          { sql: 'INSERT INTO words VALUES (3, NULL)' },
        ])
        .catch(() => {});
      await transaction.run("INSERT INTO words VALUES (4, 'after')");
    });
    // A server that stops at an error leaves the transaction as it was before the statement.
    if (engine.name === 'dolt') {
      await expect(caught).rejects.toMatchObject({ code: 'invariant' });
      expect(await wordsOf(store)).toEqual([]);
    } else {
      await caught;
      expect(await wordsOf(store)).toEqual(['first', 'second', 'after']);
    }
  });

  test('outside a transaction runs nothing after an error', async (context) => {
    const { store } = await openWords(await emptyPlace(engine, context), context);
    const failing = store.db.batch([
      { sql: "INSERT INTO words VALUES (1, 'first')" },
      { sql: 'INSERT INTO words VALUES (2, NULL)' },
      { sql: "INSERT INTO words VALUES (3, 'after')" },
    ]);
    await expect(failing).rejects.toMatchObject({ code: 'invariant' });
    expect(await wordsOf(store)).toEqual(['first']);
  });

  test('of many or long statements is sent in several texts', async (context) => {
    const { store, tap } = await openWords(await emptyPlace(engine, context), context);
    tap.takeTexts();
    const long = 'ünï😀'.repeat(80_000);
    const found = await store.write((transaction) =>
      transaction.batch([
        ...Array.from({ length: 250 }, (_, index) => ({
          sql: 'INSERT INTO words VALUES (?, ?)',
          params: [index, 'short'],
        })),
        ...[1, 2, 3].map(() => ({ sql: 'SELECT ? AS word', params: [long] })),
      ]),
    );
    expect(found.slice(0, 250).every((result) => result.found === 1)).toBe(true);
    expect(found.slice(250).map(({ rows }) => rows[0]?.word)).toEqual([long, long, long]);
    expect(await wordsOf(store)).toHaveLength(250);
  });

  test('a statement that holds two is refused before anything is sent', async (context) => {
    const { store, tap } = await openWords(await emptyPlace(engine, context), context);
    tap.takeTexts();
    const two = { sql: "INSERT INTO words VALUES (1, 'a'); DELETE FROM words" };
    await expect(store.db.batch([two])).rejects.toMatchObject({ code: 'failed' });
    await expect(store.db.run(two.sql)).rejects.toMatchObject({ code: 'failed' });
    await expect(store.db.query(two.sql)).rejects.toMatchObject({ code: 'failed' });
    expect(tap.takeTexts()).toEqual([]);
  });
});

interface Words {
  readonly store: Store;
  readonly tap: WireTap;
}

/** A store behind a tap, with one table of words. */
async function openWords(place: Place, context: Parameters<typeof tapWire>[1]): Promise<Words> {
  const tap = await tapWire(place.target.port, context);
  const store = await place.open('write', { port: tap.port });
  await store.db.run(
    `CREATE TABLE words (id INT PRIMARY KEY, word LONGTEXT NOT NULL)
     DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  );
  return { store, tap };
}

async function wordsOf(store: Store): Promise<readonly unknown[]> {
  const rows = await store.db.query('SELECT word FROM words ORDER BY id');
  return rows.map(({ word }) => word);
}
