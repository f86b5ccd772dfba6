import { describe, expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import { cluster, member, refusing, serving, servingUntil } from './fake-member.ts';
import { startFakeServer } from './fake-server.ts';

const readOnly = [
  ['Variable_name', 'read_only'],
  ['Value', 'ON'],
] as const;

describe.concurrent('a member of a cluster that answers', () => {
  test.for([
    [1047, 'WSREP has not yet prepared node for application use'],
    [1053, 'Server shutdown in progress'],
    [1290, 'The MySQL server is running with the --super-read-only option'],
    [1836, 'Running in read-only mode'],
    [3032, 'The server is currently in offline mode'],
    [3100, "Error on observer while running replication hook 'before_dml'."],
    [1105, 'target: docket.0.primary: no healthy tablet available'],
  ] as const)('%i is passed over, by readers and by writers', async ([errno, text], context) => {
    for (const mode of ['read', 'write'] as const) {
      const one = await member(context, refusing(errno, text));
      const two = await member(context, serving);
      const { target, kept } = cluster(context, one, two);
      const store = await openMysql(target, { mode });
      await store.db.run('DO 1');
      if (mode === 'write') await store.write((transaction) => transaction.run('DO 2'));
      else await store.read((db) => db.run('DO 2'));
      await store.close();
      expect(one.received().length).toBeGreaterThan(0);
      expect(two.received().toString()).toContain('DO 2');
      expect(kept()).toBe(`127.0.0.1:${two.target.port}`);
    }
  });

  test.for([1040, 3032, 1130] as const)(
    '%i to who logs in is passed over',
    async (errno, context) => {
      const one = await startFakeServer(context, async (_, packets) => {
        packets.greet();
        await packets.next();
        packets.refuse(errno, 'not now');
      });
      const two = await member(context, serving);
      const { target } = cluster(context, one, two);
      const store = await openMysql(target, { mode: 'read' });
      await store.db.run('DO 1');
      await store.close();
      expect(two.received().toString()).toContain('DO 1');
    },
  );

  test('that it is read-only is passed over, before anything is read from it', async (context) => {
    const one = await member(context, (packets, text) => {
      const statements = text.split('\n;\n');
      for (const [index, statement] of statements.entries()) {
        const more = index < statements.length - 1;
        if (statement.startsWith('SHOW')) packets.sendRows(readOnly, { more });
        else packets.accept({ more });
      }
    });
    const two = await member(context, serving);
    const store = await openMysql(cluster(context, one, two).target, { mode: 'read' });
    await store.db.run('DO 1');
    await store.close();
    expect(two.received().toString()).toContain('DO 1');
  });

  test('in the middle of a transaction is passed over, and the transaction begun anew', async (context) => {
    const one = await member(context, servingUntil('DO 2', refusing(1047)));
    const two = await member(context, serving);
    const store = await openMysql(cluster(context, one, two).target, { mode: 'write' });
    let runs = 0;
    await store.write(async (transaction) => {
      runs += 1;
      await transaction.run('DO 1');
      await transaction.run('DO 2');
    });
    await store.close();
    expect(runs).toBe(2);
    expect(one.received().toString()).not.toContain('COMMIT');
    expect(two.received().toString()).toMatch(/DO 1.*DO 2.*COMMIT/s);
  });

  test('that falls silent in the middle of a transaction is passed over, and it is begun anew', async (context) => {
    const one = await member(
      context,
      servingUntil('DO 2', () => {}),
    );
    const two = await member(context, serving);
    const { target } = cluster(context, one, two);
    const store = await openMysql(target, { mode: 'write', silenceLimit: 300 });
    let runs = 0;
    await store.write(async (transaction) => {
      runs += 1;
      await transaction.run('DO 1');
      await transaction.run('DO 2');
    });
    await store.close();
    expect(runs).toBe(2);
    expect(two.received().toString()).toMatch(/DO 1.*DO 2.*COMMIT/s);
  });

  test('that it has no TLS is told, and no other one is asked', async (context) => {
    const one = await startFakeServer(context, (_, packets) => packets.greet());
    const two = await member(context, serving);
    const { target } = cluster(context, one, two);
    const attempt = openMysql({ ...target, tls: 'verify' }, { mode: 'read' });
    await expect(attempt).rejects.toThrow(new RegExp(`:${one.target.port} offers no TLS$`));
    expect(two.received()).toHaveLength(0);
  });

  test('that it does not know the user speaks for all: no other one is asked', async (context) => {
    const one = await startFakeServer(context, async (_, packets) => {
      packets.greet();
      await packets.next();
      packets.refuse(1045, 'Access denied');
    });
    const two = await member(context, serving);
    const attempt = openMysql(cluster(context, one, two).target, { mode: 'read' });
    await expect(attempt).rejects.toThrow('wrong user name or password');
    expect(two.received()).toHaveLength(0);
  });
});

test('a cluster none of whose members may serve says why, after each was asked once', async (context) => {
  const servers = [];
  for (const _ of [1, 2, 3]) servers.push(await member(context, refusing(1047, 'not prepared')));
  const [one, two, three] = servers;
  if (!one || !two || !three) throw new Error('three members');
  const { target, kept } = cluster(context, one, two, three);
  const store = await openMysql(target, { mode: 'read' });
  await expect(store.db.run('DO 1')).rejects.toThrow('not prepared');
  await store.close();
  for (const { received } of servers) expect(received().toString().split('DO 1')).toHaveLength(2);
  expect(kept()).toBeUndefined();
});

test('a single server says what it says', async (context) => {
  const one = await member(context, refusing(1047, 'not prepared'));
  const store = await openMysql(one.target, { mode: 'read' });
  await expect(store.db.run('DO 1')).rejects.toThrow('not prepared');
  await store.close();
  expect(one.received().toString()).not.toContain('SHOW VARIABLES');
});
