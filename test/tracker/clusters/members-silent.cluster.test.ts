import { onTestFinished, test } from 'vitest';
import { useRequestedEngine } from '../../engines/requested/use-requested.ts';
import { startProxy } from '../../engines/server-proxy.ts';
import { stop, takesPart } from './silence.ts';
import { workOnCluster } from './under-load.ts';

const used = useRequestedEngine();

test('under load, members that stand still lose nothing and give nothing twice', async () => {
  const { members } = used.servers();
  const cluster = await workOnCluster(
    used,
    'docketstopped',
    members.map(({ host, port }) => ({ host, port })),
  );
  await cluster.goOn('before');
  for (const [index, member] of members.entries()) {
    const wake = stop(member);
    await cluster.goOn(`member ${index} stopped`);
    wake();
    await takesPart(member, members[index === 0 ? 1 : 0] ?? member);
    await cluster.goOn(`member ${index} goes on`);
  }
  await cluster.finish();
}, 900_000);

test('under load, members that clients hear nothing of lose nothing and give nothing twice', async () => {
  const ways = await Promise.all(used.servers().members.map(({ port }) => startProxy(port)));
  for (const way of ways) onTestFinished(() => way.close());
  const cluster = await workOnCluster(
    used,
    'docketheld',
    ways.map(({ port }) => ({ host: '127.0.0.1', port })),
  );
  await cluster.goOn('before');
  for (const [index, way] of ways.entries()) {
    way.hold(true);
    await cluster.goOn(`way to member ${index} held`);
    way.hold(false);
    await cluster.goOn(`way to member ${index} free`);
  }
  await cluster.finish();
}, 900_000);
