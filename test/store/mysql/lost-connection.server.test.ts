import { describe, expect, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { serverEngines } from '../../engines/engines.ts';
import { emptyPlace } from './open-store.ts';
import { tapWire, type WireTap } from './wire-tap.ts';

describe.each(serverEngines)('a connection to $name that is cut', (engine) => {
  test.for([
    ['at the beginning', 'first', 'before'],
    ['after the beginning', 'first', 'after'],
    ['in the middle', 'second', 'before'],
    ['after the last statement', 'second', 'after'],
  ] as const)('%s is made again, and the transaction with it', async ([, part, when], context) => {
    const { store, tap } = await openWords(engine, context);
    let runs = 0;
    tap.cut(part, when);
    const result = await store.write(async (transaction) => {
      runs += 1;
      await transaction.run("INSERT INTO words VALUES ('first')");
      await transaction.run("INSERT INTO words VALUES ('second')");
      return 'done';
    });
    expect(result).toBe('done');
    expect(runs).toBe(2);
    expect(await wordsOf(store)).toEqual(['first', 'second']);
  });

  test.for(['before', 'after'] as const)(
    'when COMMIT has been sent, %s the server got it, leaves the question open',
    async (when, context) => {
      const { store, tap } = await openWords(engine, context);
      let runs = 0;
      tap.cut('COMMIT', when);
      const write = store.write(async (transaction) => {
        runs += 1;
        await transaction.run("INSERT INTO words VALUES ('maybe')");
      });
      await expect(write).rejects.toMatchObject({ code: 'unreachable' });
      await expect(write).rejects.toThrow('may or may not be there');
      expect(runs).toBe(1);
      expect(await wordsOf(store)).toEqual(when === 'before' ? [] : ['maybe']);
    },
  );

  test('in the middle of reading is made again, and what was read is of one moment', async (context) => {
    const { store, tap } = await openWords(engine, context);
    tap.cut('second', 'after');
    const read = await store.read(async (db) => [
      await db.query("SELECT 'first' AS part"),
      await db.query("SELECT 'second' AS part"),
    ]);
    expect(read).toEqual([[{ part: 'first' }], [{ part: 'second' }]]);
  });

  test('by the server is made again, and the transaction with it', async (context) => {
    const { store, open } = await openWords(engine, context);
    const admin = await open();
    let runs = 0;
    await store.write(async (transaction) => {
      runs += 1;
      await transaction.run("INSERT INTO words VALUES ('first')");
      if (runs > 1) return;
      const [row] = await transaction.query('SELECT CONNECTION_ID() AS id');
      await admin.db.run(`KILL ${Number(row?.id)}`);
      await transaction.run("INSERT INTO words VALUES ('second')");
    });
    expect(runs).toBe(2);
    expect(await wordsOf(store)).toEqual(['first']);
  });

  test('each time that it is made again is given up', async (context) => {
    const { store, tap } = await openWords(engine, context);
    let runs = 0;
    const write = store.write(async (transaction) => {
      runs += 1;
      tap.cut('never', 'before');
      await transaction.run("INSERT INTO words VALUES ('never')");
    });
    await expect(write).rejects.toMatchObject({ code: 'unreachable' });
    expect(runs).toBe(4);
    expect(await wordsOf(store)).toEqual([]);
  });
});

// Dolt ends nobody who is silent.
describe.each(serverEngines.filter(({ name }) => name !== 'dolt'))(
  'a writer on $name that stood still',
  (engine) => {
    test.for(['a statement', 'COMMIT'])(
      'until the server ended it, before %s, is run again',
      async (next, context) => {
        // Not over the tap, which stands still with it.
        const store = await (await openWords(engine, context)).open();
        let runs = 0;
        await store.write(async (transaction) => {
          runs += 1;
          await transaction.run("INSERT INTO words VALUES ('first')");
          if (runs === 1) {
            await transaction.run('SET SESSION wait_timeout = 1');
            standStill(2_500);
          }
          if (next === 'a statement') await transaction.run("INSERT INTO words VALUES ('second')");
        });
        expect(runs).toBe(2);
        expect(await wordsOf(store)).toContain('first');
      },
    );

    test('between two statements of no transaction goes on', async (context) => {
      // Not over the tap, which stands still with it.
      const store = await (await openWords(engine, context)).open();
      await store.db.run('SET SESSION wait_timeout = 1');
      standStill(2_500);
      expect(await wordsOf(store)).toEqual([]);
    });
  },
);

/** Nothing that the server says meanwhile is heard before this is over. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

async function openWords(
  engine: (typeof serverEngines)[number],
  context: Parameters<typeof emptyPlace>[1],
): Promise<{ readonly store: Store; readonly tap: WireTap; open(): Promise<Store> }> {
  const place = await emptyPlace(engine, context);
  const tap = await tapWire(place.target.port, context);
  const store = await place.open('write', { port: tap.port });
  await store.db.run('CREATE TABLE words (word VARCHAR(20) PRIMARY KEY)');
  return { store, tap, open: () => place.open() };
}

async function wordsOf(store: Store): Promise<readonly unknown[]> {
  const rows = await store.db.query('SELECT word FROM words ORDER BY word');
  return rows.map(({ word }) => word);
}
