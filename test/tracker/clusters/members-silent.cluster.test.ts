import { escapeId } from 'mysql2/promise';
import { expect, onTestFinished, test } from 'vitest';
import { useRequestedEngine } from '../../engines/requested/use-requested.ts';
import type { RunningServer } from '../../engines/running-server.ts';
import { startProxy } from '../../engines/server-proxy.ts';
import { type ClusterUnderLoad, workOnCluster } from './under-load.ts';

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
    await takesPart(member, cluster);
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

/** Lets a server stand still, which whoever talks to it cannot tell from a slow one. */
function stop({ pid }: RunningServer): () => void {
  if (pid === undefined) throw new Error('it does not run');
  process.kill(pid, 'SIGSTOP');
  const wake = (): void => {
    process.kill(pid, 'SIGCONT');
  };
  onTestFinished(wake);
  return wake;
}

/** Waits until a member that the others have shut out takes writes again. */
async function takesPart(member: RunningServer, { database }: ClusterUnderLoad): Promise<void> {
  await expect
    .poll(
      async () => {
        const admin = await member.connect();
        try {
          await admin.query(`DELETE FROM ${escapeId(database)}.workspaces WHERE 1 = 0`);
          return 'writes';
        } catch (error) {
          return (error as Error).message;
        } finally {
          await admin.end();
        }
      },
      { timeout: 120_000, interval: 500 },
    )
    .toBe('writes');
}
