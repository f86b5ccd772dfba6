import { describe, expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import type { MysqlTarget } from '../../../lib/store/mysql/wire/target.ts';
import { freshDatabase } from '../../engines/database.ts';
import { startDolt } from '../../engines/dolt.ts';
import { serverEngines } from '../../engines/engines.ts';
import { startMariadb } from '../../engines/mariadb.ts';
import type { Server } from '../../engines/server.ts';

describe.each([
  { name: 'MariaDB', start: startMariadb },
  { name: 'Dolt', start: startDolt },
])('a $name server', ({ start }) => {
  test('that dies in the middle of a statement is unreachable, and used again when it is back', async (context) => {
    const server = await start();
    context.onTestFinished(() => server.stop());
    await server.createDatabase('tasks');
    const target = administrator(server);
    const store = await openMysql(target, { mode: 'write' });
    await store.db.run('CREATE TABLE words (word VARCHAR(20) PRIMARY KEY)');

    const slow = store.db.query('SELECT SLEEP(30) AS slept');
    const outcome = expect(slow).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.halt('SIGKILL');
    await outcome;
    await expect(store.write(async () => {})).rejects.toMatchObject({ code: 'unreachable' });
    await expect(openMysql(target, { mode: 'read' })).rejects.toMatchObject({
      code: 'unreachable',
    });

    await server.resume();
    await store.write((transaction) => transaction.run("INSERT INTO words VALUES ('back')"));
    expect(await store.db.query('SELECT word FROM words')).toEqual([{ word: 'back' }]);
    await store.close();
  });
});

test('a full MariaDB is full and not away, and lets in who waits for a place', async (context) => {
  const server = await startMariadb({ args: ['--max-connections=10'] });
  context.onTestFinished(() => server.stop());
  await server.createDatabase('tasks');
  await server.createUser({ name: 'alice', password: 'secret', database: 'tasks' });
  const alice = { ...administrator(server), user: 'alice', password: 'secret' };
  const open = () => openMysql(alice, { mode: 'read' });
  const stores = await Promise.all(Array.from({ length: 10 }, open));
  await expect(open()).rejects.toMatchObject({ code: 'too_many_connections' });

  const waiting = open();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await stores.pop()?.close();
  stores.push(await waiting);
  for (const store of stores) await store.close();
});

describe.each(serverEngines)('a way in that is wrong on $name', (engine) => {
  test.for([
    [{ database: 'nowhere' }, /nowhere/],
    [{ user: 'nobody' }, /refuses this user: wrong user name or password: .*nobody/],
    [{ password: 'wrong' }, /: wrong user name or password/],
  ] as const)('%j is unreachable, and says why', async ([change, message], context) => {
    const { name } = await freshDatabase(engine, context);
    const target = { ...administrator(engine.server()), database: name, ...change };
    const attempt = openMysql(target, { mode: 'read' });
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    await expect(attempt).rejects.toThrow(message);
  });
});

function administrator(server: Pick<Server, 'port'>): MysqlTarget {
  return {
    host: '127.0.0.1',
    port: server.port,
    database: 'tasks',
    user: 'root',
    password: '',
    tls: 'off',
  };
}
