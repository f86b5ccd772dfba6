import { describe, expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import { freePort } from '../../engines/free-port.ts';
import { type Packets, startFakeServer } from './fake-server.ts';

const read = { mode: 'read' } as const;

describe.concurrent('a database that is away', () => {
  test('refuses', async () => {
    const port = await freePort();
    const attempt = openMysql({ ...noOne, port }, read);
    await expect(attempt).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
    await expect(attempt).rejects.toThrow('ECONNREFUSED');
  });

  test('refuses on every address of localhost', async () => {
    const port = await freePort();
    const attempt = openMysql({ ...noOne, host: 'localhost', port }, read);
    await expect(attempt).rejects.toThrow('ECONNREFUSED');
  });

  test('accepts and says nothing', async (context) => {
    const server = await startFakeServer(context, () => {});
    let bytes = 0;
    const onFirstByte = () => {
      bytes += 1;
    };
    const attempt = openMysql(server.target, { ...read, onFirstByte });
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    expect(bytes).toBe(0);
  });

  test('accepts and hangs up', async (context) => {
    const server = await startFakeServer(context, (socket) => socket.end());
    await expect(openMysql(server.target, read)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test.for([
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n',
    '\u0005\u0000\u0000\u0000zzzzz',
  ])('is something else, which says %j', async (greeting, context) => {
    const server = await startFakeServer(context, (socket) => socket.write(greeting));
    const attempt = openMysql(server.target, read);
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    await expect(attempt).rejects.toThrow('no MySQL server');
  });

  test('sends rubbish after its greeting', async (context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      packets.greet();
      await packets.next();
      packets.send('rubbish');
    });
    await expect(openMysql(server.target, read)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('hangs up in the middle of a statement, which later ones survive', async (context) => {
    let connections = 0;
    const server = await startFakeServer(context, async (socket, packets) => {
      connections += 1;
      await logIn(packets);
      await packets.next();
      if (connections === 1) socket.destroy();
      else packets.accept();
    });
    const store = await openMysql(server.target, read);
    await expect(store.db.query('SELECT 1')).rejects.toMatchObject({ code: 'unreachable' });
    expect(await store.db.run('SELECT 1')).toBe(0);
    await store.close();
  });

  test('sends rubbish in the middle of a statement', async (context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      await logIn(packets);
      await packets.next();
      packets.send([1]);
      packets.send('rubbish where a column should be');
    });
    const store = await openMysql(server.target, read);
    await expect(store.db.query('SELECT 1')).rejects.toMatchObject({ name: 'StoreError' });
  });

  test('falls silent in the middle of a statement', async (context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      await logIn(packets);
    });
    const store = await openMysql(server.target, read);
    const query = store.db.query('SELECT 1');
    await expect(query).rejects.toMatchObject({ code: 'unreachable' });
    await expect(query).rejects.toThrow('has said nothing for 10 s');
  });
});

test('the first byte is told once, whatever comes after it', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    await logIn(packets);
    await packets.next();
    packets.accept();
  });
  let calls = 0;
  const onFirstByte = () => {
    calls += 1;
  };
  const store = await openMysql(server.target, { ...read, onFirstByte });
  await store.db.run('SELECT 1');
  await store.close();
  expect(calls).toBe(1);
});

test('a full server is asked again, and is no outage', async (context) => {
  let connections = 0;
  const server = await startFakeServer(context, async (socket, packets) => {
    connections += 1;
    if (connections < 4) {
      packets.refuse(1040, 'Too many connections');
      socket.end();
      return;
    }
    await logIn(packets);
  });
  const store = await openMysql(server.target, read);
  await store.close();
  expect(connections).toBe(4);
});

test('a server that stays full is said to be full', async (context) => {
  const server = await startFakeServer(context, (socket, packets) => {
    packets.refuse(1040, 'Too many connections');
    socket.end();
  });
  await expect(openMysql(server.target, read)).rejects.toMatchObject({
    code: 'too_many_connections',
  });
});

test('a reader sends its statement and nothing else, and says goodbye', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    await logIn(packets);
    await packets.next();
    packets.accept();
  });
  const store = await openMysql(server.target, read);
  const loggedIn = server.received().length;
  await store.db.run('SELECT ?', ['a']);
  await store.close();
  await expect
    .poll(() => server.received().subarray(loggedIn).toString('latin1'))
    .toBe(`\u000b\0\0\0\u0003SELECT 'a'\u0001\0\0\0\u0001`);
});

test('a store that is closed stays closed', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => logIn(packets));
  const store = await openMysql(server.target, read);
  await store.close();
  await expect(store.db.query('SELECT 1')).rejects.toMatchObject({ code: 'failed' });
});

test('a connection that is lost while committing leaves open whether it was saved', async (context) => {
  const statements: string[] = [];
  const server = await startFakeServer(context, async (socket, packets) => {
    await logIn(packets);
    for (;;) {
      const statement = (await packets.next()).subarray(1).toString();
      statements.push(statement);
      if (statement === 'COMMIT') socket.destroy();
      else packets.answer(statement);
    }
  });
  const store = await openMysql(server.target, { mode: 'write' });
  const write = store.write((transaction) => transaction.run('UPDATE tasks SET position = 1'));
  await expect(write).rejects.toMatchObject({ code: 'unreachable' });
  await expect(write).rejects.toThrow('may or may not be there');
  expect(statements.filter((statement) => statement === 'COMMIT')).toHaveLength(1);
});

const noOne = {
  host: '127.0.0.1',
  database: 'tasks',
  user: 'alice',
  password: '',
  tls: 'off',
} as const;

async function logIn(packets: Packets): Promise<void> {
  packets.greet();
  await packets.next();
  packets.accept();
}
