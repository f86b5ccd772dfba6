import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import { useRequestedEngine } from '../../engines/requested/use-requested.ts';

const used = useRequestedEngine();

test('a writer that has waited for another one goes by what that wrote', async () => {
  const [server] = used.servers().members;
  await server.createDatabase('docketwaiting');
  const { pathname } = new URL(server.url('docketwaiting'));
  const { host, port, adminUser: user } = server;
  const target = {
    host,
    port,
    user,
    password: '',
    database: pathname.slice(1),
    tls: 'off',
  } as const;
  const [one, two] = [
    await openMysql(target, { mode: 'write' }),
    await openMysql(target, { mode: 'write' }),
  ];
  for (const store of [one, two]) onTestFinished(() => store.close());
  await one.db.run('CREATE TABLE guards (id INT PRIMARY KEY, token INT)');
  await one.db.run('INSERT INTO guards VALUES (1, 0)');
  await one.db.run('CREATE TABLE counts (id INT PRIMARY KEY, count INT)');
  await one.db.run('INSERT INTO counts VALUES (1, 0), (2, 0)');
  // Each takes the guard, and makes its own count one more than the other's.
  const count = (store: Store, mine: number) =>
    store.write(async (transaction) => {
      await transaction.run('UPDATE guards SET token = ?', [`${mine}`]);
      await pause(300);
      const [other] = await transaction.query('SELECT count FROM counts WHERE id = ?', [3 - mine]);
      await transaction.run('UPDATE counts SET count = ? WHERE id = ?', [
        Number(other?.count) + 1,
        mine,
      ]);
    });
  await Promise.all([count(one, 1), count(two, 2)]);
  const rows = await one.db.query('SELECT count FROM counts ORDER BY count');
  expect(rows).toEqual([{ count: 1 }, { count: 2 }]);
});
