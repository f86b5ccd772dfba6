import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary } from '../binary.ts';
import { startServer } from '../running-server.ts';
import type { RequestedServers } from './servers.ts';

/** One process of TiDB with a store of its own, which is no cluster but speaks and checks like one. */
export async function startTidb(): Promise<RequestedServers> {
  const file = findBinary('tidb');
  const folder = await mkdtemp(join(tmpdir(), 'docket-tidb-'));
  const member = await startServer('mysql', {
    name: 'TiDB',
    folder,
    ready: /server is running MySQL protocol/,
    file,
    args: (port) => [
      ...['-store=unistore', `-path=${join(folder, 'data')}`, `-socket=${join(folder, 's.sock')}`],
      ...['-host=127.0.0.1', '-P', String(port), '-report-status=false', '-L', 'info'],
    ],
    // A clock that is not UTC, as for the others.
    env: { ...process.env, TZ: 'Asia/Kolkata' },
  });
  try {
    const admin = await member.connect();
    // What docket asks of its administrator, before there are tables.
    await admin.query('SET GLOBAL tidb_enable_check_constraint = ON');
    await admin.end();
  } catch (error) {
    await member.stop();
    throw error;
  }
  return { members: [member], stop: () => member.stop() };
}
