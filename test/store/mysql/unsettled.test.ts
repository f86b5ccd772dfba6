import { expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import { cluster, member, refusing, serving, servingUntil } from './fake-member.ts';
import { type Packets, startFakeServer } from './fake-server.ts';

test.for([
  ['that refuses COMMIT by 1047', refusing(1047)],
  ['that falls silent at COMMIT', () => {}],
] as const)(
  'a member %s leaves the question open: nobody writes it a second time',
  async ([, say], context) => {
    const one = await member(context, servingUntil('COMMIT', say));
    const two = await member(context, serving);
    const store = await openMysql(cluster(context, one, two).target, {
      mode: 'write',
      silenceLimit: 300,
    });
    const write = store.write((transaction) => transaction.run('DO 1'));
    await expect(write).rejects.toMatchObject({ code: 'unreachable', isUnsettled: true });
    await expect(write).rejects.toThrow('may or may not be there');
    await store.close();
    expect(two.received()).toHaveLength(0);
  },
);

test('3101 to COMMIT is a lost race: the same member is asked again', async (context) => {
  let commits = 0;
  const one = await member(
    context,
    servingUntil('COMMIT', (packets, text) => {
      commits += 1;
      if (commits === 1) packets.refuse(3101, 'Plugin instructed the server to rollback');
      else packets.answer(text);
    }),
  );
  const two = await member(context, serving);
  const store = await openMysql(cluster(context, one, two).target, { mode: 'write' });
  await store.write((transaction) => transaction.run('DO 1'));
  await store.close();
  expect(one.received().toString().split('DO 1')).toHaveLength(3);
  expect(two.received()).toHaveLength(0);
});

test.for([
  ['is read-only then', (packets: Packets) => packets.refuse(1290, 'read-only')],
  ['is shutting down then', (packets: Packets) => packets.refuse(1053, 'shutdown')],
  ['has ended the connection then', (_: Packets, end: () => void) => end()],
] as const)(
  '3101 to COMMIT of a member that %s leaves the question open: it may have left its group',
  async ([, then], context) => {
    let hasLeft = false;
    const one = await startFakeServer(context, async (socket, packets) => {
      packets.greet();
      await packets.next();
      if (hasLeft) return socket.destroy();
      packets.accept();
      for (;;) {
        const text = (await packets.next()).subarray(1).toString();
        if (hasLeft) then(packets, () => socket.destroy());
        else if (!text.includes('COMMIT')) packets.answer(text);
        else {
          hasLeft = true;
          packets.refuse(3101, 'Plugin instructed the server to rollback');
        }
      }
    });
    const two = await member(context, serving);
    for (const { target } of [cluster(context, one, two), cluster(context, one)]) {
      hasLeft = false;
      const store = await openMysql(target, { mode: 'write' });
      const write = store.write((transaction) => transaction.run('DO 1'));
      await expect(write).rejects.toThrow('may or may not be there');
      await expect(write).rejects.toMatchObject({ isUnsettled: true });
      await store.close();
      expect(two.received().toString()).not.toContain('DO 1');
    }
  },
);
