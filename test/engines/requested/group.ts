import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { startMysql } from '../mysql.ts';
import type { RunningServer } from '../running-server.ts';
import type { RequestedServers } from './servers.ts';
import { startMembers } from './start-members.ts';

/** Three MySQL servers that are one group, all of which take writes. */
export async function startGroup(): Promise<RequestedServers> {
  const name = randomUUID();
  const ports = [await freePort(), await freePort(), await freePort()];
  const seeds = ports.map((port) => `127.0.0.1:${port}`);
  return startMembers(seeds, async (address, index) => {
    const member = await startMember({ name, seeds, address, index });
    return {
      ...member,
      get pid() {
        return member.pid;
      },
      resume: async () => {
        await member.resume();
        await online(member);
      },
    };
  });
}

interface Member {
  readonly name: string;
  readonly seeds: readonly string[];
  readonly address: string;
  readonly index: number;
}

async function startMember({ name, seeds, address, index }: Member): Promise<RunningServer> {
  const args = [
    // What the group needs and a server of its own does without.
    '--performance-schema=ON',
    '--log-bin=binlog',
    '--innodb-flush-log-at-trx-commit=2',
    `--server-id=${index + 1}`,
    '--gtid-mode=ON',
    '--enforce-gtid-consistency=ON',
    '--report-host=127.0.0.1',
    '--plugin-load-add=group_replication.so',
    `--loose-group-replication-group-name=${name}`,
    `--loose-group-replication-local-address=${address}`,
    `--loose-group-replication-group-seeds=${seeds.join(',')}`,
    '--loose-group-replication-single-primary-mode=OFF',
    '--loose-group-replication-recovery-get-public-key=ON',
  ];
  let isBeginning = true;
  const member = await startMysql({
    // Who comes back takes no writes before it has caught up.
    get args() {
      return [...args, `--loose-group-replication-start-on-boot=${isBeginning ? 'OFF' : 'ON'}`];
    },
  });
  isBeginning = false;
  try {
    await joinGroup(member, index === 0);
    await online(member);
    return member;
  } catch (error) {
    await member.stop();
    throw error;
  }
}

async function joinGroup(member: RunningServer, isFirst: boolean): Promise<void> {
  const connection = await member.connect();
  try {
    await connection.query('SET SQL_LOG_BIN = 0');
    await connection.query("CREATE USER copying@'%' IDENTIFIED BY 'copying'");
    const rights = 'REPLICATION SLAVE, CONNECTION_ADMIN, BACKUP_ADMIN, GROUP_REPLICATION_STREAM';
    await connection.query(`GRANT ${rights} ON *.* TO copying@'%'`);
    await connection.query('SET SQL_LOG_BIN = 1');
    await connection.query(`CHANGE REPLICATION SOURCE TO
      SOURCE_USER = 'copying', SOURCE_PASSWORD = 'copying' FOR CHANNEL 'group_replication_recovery'`);
    if (isFirst) await connection.query('SET GLOBAL group_replication_bootstrap_group = ON');
    await connection.query('START GROUP_REPLICATION');
    if (isFirst) await connection.query('SET GLOBAL group_replication_bootstrap_group = OFF');
  } finally {
    await connection.end();
  }
}

const looks = 600;

/** Waits until a member has caught up and takes writes. */
async function online(member: RunningServer): Promise<void> {
  const connection = await member.connect();
  try {
    for (let look = 1; ; look += 1) {
      const [rows] = await connection.query(
        `SELECT member_state AS state FROM performance_schema.replication_group_members
          WHERE member_id = @@server_uuid`,
      );
      const state = JSON.stringify(rows);
      if (state.includes('"ONLINE"')) return;
      if (look === looks) throw new Error(`the member does not come online: ${state}`);
      await pause(200);
    }
  } finally {
    await connection.end();
  }
}
