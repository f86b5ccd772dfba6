import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import type { MysqlTarget } from '../../../lib/store/mysql/wire/target.ts';
import { type Authority, makeAuthority } from '../../engines/certified-server.ts';
import { hasMysql } from '../../engines/has-mysql.ts';
import { startMariadb } from '../../engines/mariadb.ts';
import { startMysql } from '../../engines/mysql.ts';
import type { RunningServer } from '../../engines/running-server.ts';

const client = fileURLToPath(new URL('tls-client.ts', import.meta.url));

let authority: Authority;
/** Its certificate is valid for the name localhost alone. */
let named: RunningServer;
/** Its certificate is valid for the address 127.0.0.1 alone. */
let numbered: RunningServer;

beforeAll(async () => {
  authority = await makeAuthority();
  [named, numbered] = await Promise.all([
    authority.startServer(startMariadb, 'named', 'DNS:localhost'),
    authority.startServer(startMariadb, 'numbered', 'IP:127.0.0.1'),
  ]);
  await Promise.all([named.createDatabase('tasks'), numbered.createDatabase('tasks')]);
});

afterAll(async () => {
  await Promise.all([named?.stop(), numbered?.stop()]);
  await authority?.remove();
});

describe('with TLS to be verified', () => {
  test('connects to the name and to the address that the certificate is for', async () => {
    expect(await connect(named, { host: 'localhost' })).toMatch(/^connected by TLS/);
    expect(await connect(numbered, { host: '127.0.0.1' })).toMatch(/^connected by TLS/);
  });

  test('refuses a certificate of another name or address', async () => {
    expect(await connect(named, { host: '127.0.0.1' })).toMatch(
      /cannot be trusted over TLS: .*does not match/,
    );
    expect(await connect(numbered, { host: 'localhost' })).toMatch(
      /cannot be trusted over TLS: .*does not match/,
    );
  });

  test('refuses a certificate of an authority that is not trusted', async () => {
    const answer = await connect(named, { host: 'localhost' }, { trust: false });
    expect(answer).toMatch(/cannot be trusted over TLS: .*certificate/);
  });

  test('logs in with a password', async () => {
    await named.createUser({ name: 'alice', password: 'secret', database: 'tasks' });
    const alice = { host: 'localhost', user: 'alice', password: 'secret' };
    expect(await connect(named, alice)).toMatch(/^connected by TLS/);
  });
});

test('without TLS connects in plain text', async () => {
  expect(await connect(named, { host: '127.0.0.1', tls: 'off' })).toBe('connected by plain text');
});

describe.skipIf(!hasMysql)('a user whom MySQL has not seen since it started', () => {
  let mysql: RunningServer;

  beforeAll(async () => {
    mysql = await authority.startServer(startMysql, 'mysql', 'IP:127.0.0.1');
    await mysql.createDatabase('tasks');
    const admin = await mysql.connect();
    await admin.query("CREATE USER alice IDENTIFIED BY 'secret'");
    await admin.query('GRANT SELECT ON tasks.* TO alice');
    await admin.end();
  });

  afterAll(() => mysql?.stop());

  const alice = { host: '127.0.0.1', user: 'alice', password: 'secret' };
  const forget = async (): Promise<void> => {
    const admin = await mysql.connect();
    await admin.query('FLUSH PRIVILEGES');
    await admin.end();
  };
  const open = async (change: Partial<MysqlTarget>): Promise<string> => {
    const target = {
      ...alice,
      port: mysql.port,
      database: 'tasks',
      tls: 'off',
      ...change,
    } as const;
    const store = await openMysql(target, { mode: 'read' });
    await store.close();
    return 'connected';
  };

  test('is not known by a challenge in plain text, and sends no password there', async () => {
    await forget();
    await expect(open({})).rejects.toThrow('asks for the password itself');
  });

  test.for(['TLS', 'a socket'])('logs in over %s, and then by a challenge', async (way) => {
    await forget();
    const admin = await mysql.connect();
    const [rows] = await admin.query<RowDataPacket[]>('SELECT @@socket AS socket');
    await admin.end();
    const ca = await readFile(join(authority.folder, 'ca.pem'), 'utf8');
    const change = way === 'TLS' ? { tls: 'verify', ca } : { socket: String(rows[0]?.socket) };
    expect(await open(change as Partial<MysqlTarget>)).toBe('connected');
    expect(await open({})).toBe('connected');
  });

  test('sends nothing to a server that another authority vouches for', async () => {
    await forget();
    const ca = await readFile(await authority.makeOther(), 'utf8');
    await expect(open({ tls: 'verify', ca })).rejects.toThrow(/TLS: .*certificate/);
  });
});

async function connect(
  server: RunningServer,
  change: Partial<MysqlTarget>,
  { trust = true }: { trust?: boolean } = {},
): Promise<string> {
  const target = {
    port: server.port,
    database: 'tasks',
    user: 'root',
    password: '',
    tls: 'verify',
    ...change,
  };
  const { stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', client, JSON.stringify(target)],
    {
      env: trust ? { NODE_EXTRA_CA_CERTS: join(authority.folder, 'ca.pem') } : {},
    },
  );
  return stdout;
}
