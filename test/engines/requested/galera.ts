import { findBinary } from '../binary.ts';
import { freePort } from '../free-port.ts';
import { startMariadb } from '../mariadb.ts';
import type { RunningServer } from '../running-server.ts';
import type { RequestedServers } from './servers.ts';
import { startMembers } from './start-members.ts';

/** Three MariaDB servers that replicate to each other by Galera, all of which take writes. */
export async function startGalera(): Promise<RequestedServers> {
  const provider = findBinary('galera');
  const groupPorts = [await freePort(), await freePort(), await freePort()];
  const address = `gcomm://${groupPorts.map((port) => `127.0.0.1:${port}`).join(',')}`;
  return startMembers(groupPorts, (groupPort, index) =>
    startNode({ provider, address, groupPort, index }),
  );
}

interface Node {
  readonly provider: string;
  readonly address: string;
  readonly groupPort: number;
  readonly index: number;
}

async function startNode({ provider, address, groupPort, index }: Node): Promise<RunningServer> {
  const options = [
    `base_port=${groupPort}`,
    `gmcast.listen_addr=tcp://127.0.0.1:${groupPort}`,
    `ist.recv_addr=127.0.0.1:${await freePort()}`,
    'gcache.size=32M',
  ];
  const args = [
    '--wsrep-on=ON',
    `--wsrep-provider=${provider}`,
    `--wsrep-cluster-address=${address}`,
    '--wsrep-cluster-name=docket',
    `--wsrep-node-name=node${index}`,
    '--wsrep-node-address=127.0.0.1',
    `--wsrep-provider-options=${options.join(';')}`,
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${await freePort()}`,
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
  ];
  let isBeginning = index === 0;
  return startMariadb({
    ready: /Synchronized with group, ready for connections/,
    // The first one makes the cluster, once: when it comes back it joins the others.
    get args() {
      const first = isBeginning ? ['--wsrep-new-cluster'] : [];
      isBeginning = false;
      return [...args, ...first];
    },
  });
}
