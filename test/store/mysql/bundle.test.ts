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

/** Bytes; what the build writes in place of a file of mysql2's is smaller. */
const smallest = 500;

/** Beginnings of the paths in mysql2 that one connection with text queries does without. */
const forbidden = [
  ...['pool', 'base/pool', 'promise', 'base/pool_cluster', 'compressed_protocol', 'tracing'],
  ...['commands/binlog', 'commands/prepare', 'commands/execute', 'commands/server_handshake'],
  ...['packets/binlog', 'packets/binary', 'packets/prepare', 'packets/execute', 'packets/encode'],
  ...['parsers/binary', 'parsers/static_binary', 'parsers/text', 'parsers/parser_cache'],
  ...['constants/errors', 'constants/charset', 'constants/encoding', 'constants/ssl_profiles'],
  ...['auth_plugins/sha256_password', 'auth_plugins/mysql_clear_password'],
];

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

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

test('holds no package but mysql2 and the hash, and little of mysql2', () => {
  expect(output.bytes).toBeLessThan(295_000);
  const inputs = Object.entries(output.inputs);
  const sources = inputs
    .filter(([path, { bytesInOutput }]) => !path.includes(':') && bytesInOutput > smallest)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  const packages = sources.filter((path) => !path.startsWith('lib/'));
  expect(packages.filter((path) => !/^(?:mysql2\/lib|@noble\/hashes)\//.test(path))).toEqual([]);
  expect(packages).toContain('mysql2/lib/base/connection.js');
  const isForbidden = (path: string) =>
    forbidden.some((start) => path.startsWith(`mysql2/lib/${start}`));
  expect(packages.filter(isForbidden)).toEqual([]);
  const builtIn = output.imports.map(({ path }) => path.replace('node:', ''));
  expect(builtIn).toContain('net');
  expect(builtIn.filter((name) => ['crypto', 'tls', 'zlib'].includes(name))).toEqual([]);
});

test.for(['mysql_native_password', 'caching_sha2_password'])(
  'loads neither crypto nor TLS to log in with a password by %s',
  async (method, context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      packets.greet();
      await packets.next();
      if (method === 'caching_sha2_password') {
        const challenge = packets.next();
        packets.switchTo(method);
        await challenge;
        packets.send([1, 3]);
      }
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
  },
);

test.for([
  ['mysql_native_password', 20],
  ['caching_sha2_password', 32],
] as const)('answers a challenge of %s as mysql2 does', async ([method, length], context) => {
  const responses: Buffer[] = [];
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet();
    await packets.next();
    const response = packets.next();
    packets.switchTo(method);
    responses.push(await response);
    packets.accept();
  });
  const drivers = [bundled(), await import('../../../lib/store/mysql/driver.ts')];
  for (const driver of drivers) {
    const store = await driver.openMysql(server.target, { mode: 'read' });
    await store.close();
  }
  const [ours, theirs] = responses.map((bytes) => bytes.toString('hex'));
  expect(ours).toHaveLength(length * 2);
  expect(ours).toBe(theirs);
});

test('answers the challenge of a greeting as mysql2 does', async (context) => {
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

test.for(['mysql_clear_password', 'sha256_password'])(
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

test('gives no password to a server that wants more than the challenge of caching_sha2_password', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet();
    await packets.next();
    const challenge = packets.next();
    packets.switchTo('caching_sha2_password');
    await challenge;
    packets.send([1, 4]);
  });
  const attempt = bundled().openMysql(server.target, { mode: 'read' });
  await expect(attempt).rejects.toThrow('asks for the password itself');
  const received = server.received();
  expect(received).toHaveLength(received.readUIntLE(0, 3) + 4 + 36);
});

function bundled(): { readonly openMysql: typeof openMysql } {
  return createRequire(import.meta.url)(file);
}

/** What a login packet holds between the user's name and the database's. */
function scramble(login: Buffer): Buffer {
  const start = login.indexOf(0, 32) + 2;
  return login.subarray(start, start + 20);
}
