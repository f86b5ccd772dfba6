import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { openMysql } from '../../../lib/store/mysql/driver.ts';
import { mysqlBundleOptions } from '../../../scripts/bundle-mysql.ts';
import { startFakeServer } from './fake-server.ts';

let folder: string;
let file: string;
let output: Metafile['outputs'][string];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-bundle-'));
  file = join(folder, 'mysql.cjs');
  const { metafile } = await build({ ...mysqlBundleOptions(), outfile: file, metafile: true });
  const [only] = Object.values(metafile.outputs);
  if (!only) throw new Error('nothing was built');
  output = only;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('holds what one connection needs and nothing else of mysql2', () => {
  const sources = Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 300)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(sources.filter((path) => !path.startsWith('lib/') && !path.includes(':')).sort()).toEqual(
    kept.map((path) => `mysql2/lib/${path}.js`),
  );
  expect(output.bytes).toBeLessThan(250_000);
});

test('loads neither crypto nor TLS to log in with a password', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet();
    await packets.next();
    const query = packets.next();
    packets.accept();
    await query;
    packets.accept();
  });
  const script = `
    require('${file}').openMysql(${JSON.stringify(server.target)}, { mode: 'read' })
      .then(async (store) => {
        await store.db.run('SELECT 1');
        await store.close();
        process.stdout.write(process.moduleLoadList.join('\\n'));
      });`;
  const { stdout, stderr } = await execa(process.execPath, ['-e', script]);
  const loaded = stdout.split('\n');
  expect(loaded).toContain('NativeModule net');
  const dear = ['crypto', 'tls', 'zlib', 'dns', 'internal/crypto/hash', 'internal/dns/promises'];
  for (const name of dear) expect(loaded).not.toContain(`NativeModule ${name}`);
  expect(stderr).toBe('');
});

test('answers a challenge as mysql2 does', async (context) => {
  const responses: Buffer[] = [];
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet();
    responses.push(await packets.next());
    packets.accept();
  });
  const drivers = [bundled(), await import('../../../lib/store/mysql/driver.ts')];
  for (const driver of drivers) {
    const store = await driver.openMysql(server.target, { mode: 'read' });
    await store.close();
  }
  const [ours, theirs] = responses.map((bytes) => scramble(bytes).toString('hex'));
  expect(ours).toHaveLength(40);
  expect(ours).toBe(theirs);
});

test.for(['mysql_clear_password', 'sha256_password', 'caching_sha2_password'])(
  'gives no password to a server that asks by %s',
  async (method, context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      packets.greet();
      await packets.next();
      packets.switchTo(method);
    });
    const attempt = bundled().openMysql(server.target, { mode: 'read' });
    await expect(attempt).rejects.toThrow(method);
    const received = server.received();
    expect(received).toHaveLength(received.readUIntLE(0, 3) + 4);
  },
);

function bundled(): { readonly openMysql: typeof openMysql } {
  return createRequire(import.meta.url)(file);
}

/** What a login packet holds between the user's name and the database's. */
function scramble(login: Buffer): Buffer {
  const start = login.indexOf(0, 32) + 2;
  return login.subarray(start, start + 20);
}

const kept = [
  'auth_41',
  'auth_plugins/caching_sha2_password',
  'auth_plugins/mysql_native_password',
  'base/connection',
  'commands/auth_switch',
  'commands/client_handshake',
  'commands/command',
  'commands/query',
  'commands/quit',
  'connection',
  'connection_config',
  'constants/client',
  'constants/commands',
  'constants/field_flags',
  'constants/mariadb_client',
  'constants/server_status',
  'constants/session_track',
  'constants/types',
  'create_connection',
  'helpers',
  'packet_parser',
  'packets/auth_switch_request',
  'packets/auth_switch_request_more_data',
  'packets/auth_switch_response',
  'packets/column_definition',
  'packets/handshake',
  'packets/handshake_response',
  'packets/index',
  'packets/packet',
  'packets/query',
  'packets/resultset_header',
  'packets/ssl_request',
  'parsers/local_date',
  'parsers/static_text_parser',
  'parsers/string',
  'ring_queue',
  'tls_session_cache',
];
