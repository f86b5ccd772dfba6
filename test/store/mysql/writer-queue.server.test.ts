import { expect, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { dolt } from '../../engines/engines.ts';
import { emptyPlace } from './open-store.ts';

const insert = 'INSERT INTO arrivals (writer) VALUES (?)';

test('writers on Dolt come in the order of their arrival, and one that dies leaves its place', async (context) => {
  const { open } = await emptyPlace(dolt, context);
  const admin = await open();
  await admin.db.run(
    'CREATE TABLE arrivals (number INT PRIMARY KEY AUTO_INCREMENT, writer INT NOT NULL)',
  );
  const writers = await Promise.all(Array.from({ length: 12 }, () => open()));
  const numbers = await Promise.all(writers.map(connectionNumber));
  const holder = await open();
  let letGo = (): void => {};
  const isHeld = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const held = holder.write(async (transaction) => {
    await transaction.run(insert, [-1]);
    await isHeld;
  });
  await pause(200);
  const attempts: Promise<unknown>[] = [];
  for (const [index, writer] of writers.entries()) {
    const write = writer.write((transaction) => transaction.run(insert, [index]));
    attempts.push(write.catch(() => 'lost'));
    await waitInRow(admin, numbers[index] ?? 0);
  }
  // It is run again over another connection, behind the others.
  await admin.db.run(`KILL ${numbers[3]}`);
  await pause(60);
  letGo();
  await Promise.all([held, ...attempts]);
  const rows = await admin.db.query('SELECT writer FROM arrivals ORDER BY number');
  const others = rows.map(({ writer }) => writer).filter((writer) => writer !== 3);
  expect(others).toEqual([-1, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('more writers than places lose nothing behind a holder that sleeps for some seconds', async (context) => {
  const { open } = await emptyPlace(dolt, context);
  const admin = await open();
  await admin.db.run('CREATE TABLE counters (id INT PRIMARY KEY, number INT NOT NULL)');
  await admin.db.run('INSERT INTO counters (id, number) VALUES (1, 0)');
  const holder = await open();
  await holder.db.query("SELECT GET_LOCK(CONCAT('docket.', SHA1(DATABASE())), 1) AS held");
  const writers = await Promise.all(Array.from({ length: 80 }, () => open()));
  const attempts = writers.map((writer) =>
    writer.write((transaction) =>
      transaction.run('UPDATE counters SET number = number + 1 WHERE id = 1'),
    ),
  );
  await pause(5_000);
  await holder.close();
  await Promise.all(attempts);
  expect(await admin.db.query('SELECT number FROM counters')).toEqual([{ number: 80 }]);
}, 120_000);

/** Waits until a connection waits for a lock: the next one comes behind it then. */
async function waitInRow(admin: Store, connection: number): Promise<void> {
  const isWaiting = async () => {
    const rows = await admin.db.query('SHOW FULL PROCESSLIST');
    return rows.some(({ Id, Info }) => Number(Id) === connection && /GET_LOCK/.test(String(Info)));
  };
  await expect.poll(isWaiting, { timeout: 30_000, interval: 20 }).toBe(true);
  await pause(60);
}

async function connectionNumber(store: Store): Promise<number> {
  const [row] = await store.db.query('SELECT CONNECTION_ID() AS id');
  return Number(row?.id);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
