import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import { startFakeServer } from './fake-server.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' });

const methods = [
  'mysql_clear_password',
  'sha256_password',
  'caching_sha2_password',
  'mysql_old_password',
  'dialog',
  'client_ed25519',
  'toString',
];

describe.each(methods)('a server that asks by %s', (method) => {
  const isChallenge = method === 'caching_sha2_password';
  test.skipIf(isChallenge)('by switching to it gets nothing more', async (context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      packets.greet();
      await packets.next();
      const more = packets.next();
      packets.switchTo(method);
      await more;
      // Whoever asks for the server's key gets this one, and would encrypt the password with it.
      packets.send([1], pem);
    });
    const attempt = openMysql(server.target, { mode: 'read' });
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    await expect(attempt).rejects.toThrow(method);
    await expect(attempt).rejects.not.toThrow('correct horse');
    expectOneLogin(server.received());
  });

  test('in its greeting gets a challenge answered and nothing more', async (context) => {
    const server = await startFakeServer(context, async (socket, packets) => {
      packets.greet(method);
      await packets.next();
      // "Do the full authentication": in clear, or with this server's key.
      packets.send([1, 4]);
      setTimeout(() => socket.end(), 50);
    });
    const attempt = openMysql(server.target, { mode: 'read' });
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    expectOneLogin(server.received());
  });
});

test.for([
  ['for the password itself', [1, 4], 'asks for the password itself'],
  ['with a key to encrypt it with', [1, ...Buffer.from(pem)], 'caching_sha2_password'],
] as const)(
  'a server that asks %s after the challenge of caching_sha2_password gets no more than that',
  async ([, more, message], context) => {
    let answer: Buffer | undefined;
    const server = await startFakeServer(context, async (_, packets) => {
      packets.greet('caching_sha2_password');
      await packets.next();
      const challenge = packets.next();
      packets.switchTo('caching_sha2_password');
      answer = await challenge;
      packets.send(more);
      packets.send([1], pem);
    });
    const attempt = openMysql(server.target, { mode: 'read' });
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    await expect(attempt).rejects.toThrow(message);
    expect(answer).toHaveLength(32);
    const login = server.received().readUIntLE(0, 3) + 4;
    expect(server.received()).toHaveLength(login + 36);
    expect(server.received().toString('latin1')).not.toContain('correct horse');
  },
);

test('a server that knows the password by its challenge is logged in to', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet('caching_sha2_password');
    await packets.next();
    const challenge = packets.next();
    packets.switchTo('caching_sha2_password');
    await challenge;
    packets.send([1, 3]);
    packets.accept();
  });
  const store = await openMysql(server.target, { mode: 'read' });
  await store.close();
});

test('a user without a password may log in by caching_sha2_password', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet('caching_sha2_password');
    await packets.next();
    packets.accept();
  });
  const store = await openMysql({ ...server.target, password: '' }, { mode: 'read' });
  await store.close();
});

test('a server without TLS gets nothing at all when its certificate was to be verified', async (context) => {
  const server = await startFakeServer(context, (_, packets) => packets.greet());
  const attempt = openMysql({ ...server.target, tls: 'verify' }, { mode: 'read' });
  await expect(attempt).rejects.toThrow('offers no TLS');
  expect(server.received()).toHaveLength(0);
});

test('a server may not ask for a file of this machine', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet();
    await packets.next();
    const query = packets.next();
    packets.accept();
    await query;
    const answer = packets.next();
    packets.send([0xfb], '/etc/passwd');
    await answer;
    packets.accept();
  });
  const store = await openMysql(server.target, { mode: 'read' });
  await expect(store.db.query('SELECT 1')).rejects.toMatchObject({ name: 'StoreError' });
  expect(server.received().toString('latin1')).not.toContain('root:');
});

/** One login packet, which names mysql_native_password and does not hold the password. */
function expectOneLogin(received: Buffer): void {
  const length = received.readUIntLE(0, 3);
  expect(received).toHaveLength(length + 4);
  expect(received.toString('latin1')).toContain('mysql_native_password');
  expect(received.toString('latin1')).not.toContain('correct horse');
}
