import { test } from 'vitest';
import { useRequestedEngine } from '../../engines/requested/use-requested.ts';
import { workOnCluster } from './under-load.ts';

const used = useRequestedEngine();

test('under load, members that are killed and come back lose nothing and give nothing twice', async () => {
  const { members } = used.servers();
  const cluster = await workOnCluster(
    used,
    'docketkilled',
    members.map(({ host, port }) => ({ host, port })),
  );
  await cluster.goOn('before');
  for (const [index, member] of members.entries()) {
    await member.halt('SIGKILL');
    await cluster.goOn(`member ${index} killed`);
    await member.resume();
    await cluster.goOn(`member ${index} back`);
  }
  await cluster.finish();
}, 900_000);
