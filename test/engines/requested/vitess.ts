import { chmod, chown, copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection, escapeId } from 'mysql2/promise';
import { findBinary } from '../binary.ts';
import { freePort } from '../free-port.ts';
import { startMysql } from '../mysql.ts';
import { type RunningServer, startServer } from '../running-server.ts';
import type { RequestedServers } from './servers.ts';

/** Nobody's, as Vitess refuses to run as root. */
const nobody = 65_534;

/** Databases are keyspaces here, which are made when it starts; a test gets one of these. */
const keyspaces = Array.from({ length: 12 }, (_, index) => `docket${index}`);

/** One process that is a whole Vitess, each keyspace of one shard, before a MySQL server of its own. */
export async function startVitess(): Promise<RequestedServers> {
  const file = findBinary('vitess');
  const mysql = await startMysql({ args: ['--sql-mode=STRICT_TRANS_TABLES'] });
  try {
    for (const keyspace of keyspaces) await mysql.createDatabase(shardOf(keyspace));
    const vitess = await startServer('mysql', await launch(file, mysql.port));
    const stop = async (): Promise<void> => {
      await vitess.stop();
      await mysql.stop();
    };
    return { members: [withKeyspaces(vitess, mysql)], stop };
  } catch (error) {
    await mysql.stop();
    throw error;
  }
}

function shardOf(keyspace: string): string {
  return `vt_${keyspace}_0`;
}

async function launch(built: string, mysqlPort: number) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-vitess-'));
  const schema = join(folder, 'schema');
  const data = join(folder, 'data');
  const tmp = join(data, 'tmp');
  await mkdir(schema);
  await mkdir(tmp, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  const own = join(folder, 'vtcombo');
  // Where it may be read and run by anybody, unlike root's cache.
  await copyFile(built, own);
  await chmod(folder, 0o755);
  await chmod(own, 0o755);
  if (isRoot) for (const each of [data, tmp]) await chown(each, nobody, nobody);
  const topology = {
    cells: ['test'],
    keyspaces: keyspaces.map((name) => ({
      ...{ name, shards: [{ name: '0' }] },
      ...{ replicaCount: 1, rdonlyCount: -1 },
    })),
  };
  const users = ['app', 'dba', 'allprivs', 'filtered', 'repl', 'appdebug'];
  const [http, grpc] = [await freePort(), await freePort()];
  const args = (port: number): readonly string[] => [
    ...['--bind-address', '127.0.0.1', '--port', String(http)],
    ...['--grpc-bind-address', '127.0.0.1', '--grpc-port', String(grpc)],
    ...['--mysql-server-bind-address', '127.0.0.1', '--mysql-server-port', String(port)],
    ...['--mysql-auth-server-impl', 'none', '--mysql-server-version', '8.4.6-Vitess'],
    ...['--db-host', '127.0.0.1', '--db-port', String(mysqlPort), '--db-charset', 'utf8mb4'],
    ...users.flatMap((user) => [`--db-${user}-user`, 'root', `--db-${user}-password`, '']),
    ...['--mycnf-server-id', '1', '--schema-dir', schema, '--foreign-key-mode', 'allow'],
    ...['--json-topo', JSON.stringify(topology), '--tablet-types-to-wait', 'PRIMARY'],
    ...['--queryserver-config-transaction-cap', '100', '--queryserver-config-pool-size', '50'],
    ...['--queryserver-config-transaction-timeout', '120s', '--tablet-refresh-interval', '10s'],
  ];
  return {
    name: 'Vitess',
    folder,
    // Whoever takes MySQL's protocol has its port by then.
    ready: /Not listening on socket file/,
    file: isRoot ? 'setpriv' : own,
    args: (port: number) =>
      isRoot ? [`--reuid=${nobody}`, '--clear-groups', own, ...args(port)] : args(port),
    env: { ...process.env, VTDATAROOT: data },
  };
}

/**
 * The server as tests use it: a database is the next keyspace that none uses, emptied, and users are
 * not told apart.
 */
function withKeyspaces(vitess: RunningServer, mysql: RunningServer): RunningServer {
  const free = [...keyspaces];
  const used = new Map<string, string>();
  const keyspaceOf = (name: string): string => used.get(name) ?? name;
  const connect = (database?: string): Promise<Connection> =>
    createConnection({
      ...{ host: vitess.host, port: vitess.port, user: vitess.adminUser, timezone: 'Z' },
      ...(database === undefined ? {} : { database: keyspaceOf(database) }),
    });
  return {
    ...vitess,
    get pid() {
      return vitess.pid;
    },
    connect,
    url: (database, user) => vitess.url(keyspaceOf(database), user),
    createDatabase: async (name) => {
      const keyspace = used.get(name) ?? free.shift();
      if (keyspace === undefined) throw new Error('all keyspaces are in use');
      used.set(name, keyspace);
      await empty(mysql, shardOf(keyspace));
    },
    dropDatabase: async (name) => {
      const keyspace = used.get(name);
      if (keyspace === undefined) return;
      used.delete(name);
      free.push(keyspace);
    },
    createUser: async () => {},
    dropUser: async () => {},
  };
}

/** Drops the tables: the database itself must stay, as connections have it open. */
async function empty(mysql: RunningServer, database: string): Promise<void> {
  const connection = await mysql.connect(database);
  try {
    await connection.query('SET foreign_key_checks = 0');
    const [tables] = await connection.query('SHOW TABLES');
    for (const row of Array.isArray(tables) ? tables : []) {
      await connection.query(`DROP TABLE ${escapeId(String(Object.values(row)[0]))}`);
    }
  } finally {
    await connection.end();
  }
}
