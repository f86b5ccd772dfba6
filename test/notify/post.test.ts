import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { type PostOptions, type PostRequest, post } from '../../lib/notify/post.ts';
import { freePort } from '../engines/free-port.ts';

const never = new AbortController().signal;

function send(
  url: string,
  request: Partial<PostRequest> = {},
  options: Partial<PostOptions> = {},
): ReturnType<typeof post> {
  const given = { url: new URL(url), isPrivate: true, headers: {}, body: '{"a":"é"}', ...request };
  return post(given, { signal: never, timeoutMs: 20_000, ...options });
}

interface Listening {
  readonly port: number;
  readonly connections: () => number;
}

/** Listens on this machine; `serve` does what it likes with a connection, once something came. */
async function listen(
  serve: (socket: Socket, first: string) => unknown,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Listening> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const take = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (data) => serve(socket, data.toString('utf8')));
  };
  const server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

const answer = (text: string) => (socket: Socket) => socket.write(text);

test('a message arrives with its length and type, and the status is what counts', async () => {
  let seen = '';
  const { port } = await listen((socket, first) => {
    seen = first;
    socket.end('HTTP/1.1 202 Fine\r\nretry-after: 7\r\n\r\n');
  });
  const url = `http://127.0.0.1:${port}/a/b?c=d#e`;
  const result = await send(url, { headers: { 'webhook-id': 'msg_1' } });
  expect(result).toEqual({ kind: 'answered', status: 202, retryAfter: '7' });
  const [head = '', body] = seen.split('\r\n\r\n');
  expect(head.split('\r\n')).toEqual([
    'POST /a/b?c=d HTTP/1.1',
    'webhook-id: msg_1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'content-length: 10',
    'user-agent: docket',
    'connection: close',
  ]);
  expect(body).toBe('{"a":"é"}');
});

test.each([
  ['no more than it says', 'HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\nx'],
  ['more than it says', `HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n${'x'.repeat(9_999)}`],
  ['in parts without an end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffff\r\n'],
  ['what is no gzip', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nxxxx'],
  ['after many hints', `${'HTTP/1.1 103 Early\r\n\r\n'.repeat(50)}HTTP/1.1 200 OK\r\n\r\n`],
])('an answer is read no further than its head: %s', async (_, text) => {
  const { port } = await listen(answer(text));
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answered', status: 200 });
});

test('a redirect is an answer, and nobody follows it', async () => {
  const other = await listen(answer('HTTP/1.1 200 OK\r\n\r\n'));
  const { port } = await listen(
    answer(`HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:${other.port}/\r\n\r\n`),
  );
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answered', status: 307 });
  expect(other.connections()).toBe(0);
});

test.each<[string, (socket: Socket) => unknown]>([
  ['is cut before it begins', (socket) => socket.destroy()],
  ['is cut in its head', (socket) => socket.end('HTTP/1.1 20')],
  ['is no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ['has a head without an end', answer(`HTTP/1.1 200 OK\r\na: ${'x'.repeat(200_000)}`)],
  [
    'says its length twice',
    answer('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'),
  ],
  [
    'wants another protocol',
    answer('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  ],
])('an answer that %s is none, and the event may have arrived', async (_, serve) => {
  const { port } = await listen(serve);
  const result = await send(`http://127.0.0.1:${port}/`);
  expect(result.kind).toBe('unanswered');
});

test('a receiver that hangs, or answers drop by drop, is left when the time is over', async () => {
  const hanging = await listen(() => {});
  const dripping = await listen((socket) => {
    const timer = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(timer));
    socket.write('HTTP/1.1 200 OK\r\nx-');
  });
  for (const { port } of [hanging, dripping]) {
    expect(await send(`http://127.0.0.1:${port}/`, {}, { timeoutMs: 300 })).toEqual({
      kind: 'unanswered',
      reason: 'no answer within 1 s',
    });
  }
  const resolve = () => new Promise<never>(() => {});
  const slow = await send('https://hooks.example.com/', {}, { timeoutMs: 100, resolve });
  expect(slow.kind).toBe('unreached');
});

test('who stops docket does not wait for an answer', async () => {
  const { port } = await listen(() => end.abort());
  const end = new AbortController();
  expect(await send(`http://127.0.0.1:${port}/`, {}, { signal: end.signal })).toEqual({
    kind: 'unanswered',
    reason: 'docket was stopped',
  });
  expect((await send(`http://127.0.0.1:${port}/`, {}, { signal: end.signal })).kind).toBe(
    'unreached',
  );
});

test('a receiver that is not there was not reached, by any of its addresses', async () => {
  const port = await freePort();
  const none = await send(`http://127.0.0.1:${port}/`);
  expect(none).toEqual({ kind: 'unreached', reason: `connect ECONNREFUSED 127.0.0.1:${port}` });
  const resolve = async () => ['127.0.0.1', '127.0.0.2'];
  const both = await send(`http://hooks.example.com:${port}/`, {}, { resolve });
  expect(both).toEqual({ kind: 'unreached', reason: expect.stringContaining('ECONNREFUSED') });
  const nowhere = await send('http://hooks.example.com/', {}, { resolve: async () => [] });
  expect(nowhere).toEqual({ kind: 'unreached', reason: 'hooks.example.com has no address' });
});

test.each([
  ['127.0.0.1'],
  ['1.1.1.1', '127.0.0.1'],
  ['127.0.0.1', '1.1.1.1'],
  ['::1'],
  ['::ffff:127.0.0.1'],
  ['169.254.169.254'],
])(
  'a name that leads to %s %s is not connected to unless the target is private',
  async (...found) => {
    const { port, connections } = await listen(answer('HTTP/1.1 200 OK\r\n\r\n'));
    const url = `https://hooks.example.com:${port}/`;
    const result = await send(url, { isPrivate: false }, { resolve: async () => found });
    expect(result).toMatchObject({
      kind: 'unreached',
      reason: expect.stringContaining('not public'),
    });
    expect(connections()).toBe(0);
  },
);

test.each(['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '127.1', '0'])(
  'the address %s, however it is spelled, is not connected to either',
  async (host) => {
    const { port, connections } = await listen(answer('HTTP/1.1 200 OK\r\n\r\n'));
    const result = await send(`https://${host}:${port}/`, { isPrivate: false });
    expect(result).toMatchObject({
      kind: 'unreached',
      reason: expect.stringContaining('not public'),
    });
    expect(connections()).toBe(0);
  },
);

test('a name is looked up once, and the connection goes to the address that was checked', async () => {
  const { port } = await listen(answer('HTTP/1.1 200 OK\r\n\r\n'));
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    // The second answer would lead elsewhere.
    return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.99'];
  };
  const result = await send(`http://rebinding.example.com:${port}/`, {}, { resolve });
  expect(result).toMatchObject({ kind: 'answered', status: 200 });
  expect(asked).toEqual(['rebinding.example.com']);
});

test('what is not encrypted goes to no public address, whatever the target says', async () => {
  const resolve = async () => ['1.1.1.1'];
  expect(await send('http://hooks.example.com/', {}, { resolve })).toMatchObject({
    kind: 'unreached',
    reason: expect.stringContaining('asks for https'),
  });
});

/** Sends a message from a process of its own, with variables that Node.js reads at its start. */
async function sendAs(url: string, env: object): ReturnType<typeof post> {
  const script = fileURLToPath(new URL('post-process.ts', import.meta.url));
  const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
  const inherited = { PATH: process.env.PATH, ...env };
  return JSON.parse((await promisify(execFile)(tsx, [script, url], { env: inherited })).stdout);
}

test('no proxy of the environment gets a message, whose address nobody would check', async () => {
  const { port } = await listen(answer('HTTP/1.1 204 No Content\r\n\r\n'));
  const proxy = await listen(answer('HTTP/1.1 200 OK\r\n\r\n'));
  const at = `http://127.0.0.1:${proxy.port}`;
  const env = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: at, http_proxy: at, HTTPS_PROXY: at };
  expect(await sendAs(`http://127.0.0.1:${port}/`, env)).toMatchObject({ status: 204 });
  expect(proxy.connections()).toBe(0);
});

test('a certificate that nobody vouches for is refused; one of an authority that is known is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=hooks', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', ['req', '-x509', ...kind, ...names, ...files], { stdio: 'ignore' });
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')];
  const { port } = await listen((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), { key, cert });
  const url = `https://127.0.0.1:${port}/`;
  expect(await sendAs(url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toMatchObject({
    kind: 'unreached',
    reason: expect.stringContaining('self-signed certificate'),
  });
  const known = { NODE_EXTRA_CA_CERTS: certFile };
  expect(await sendAs(url, known)).toMatchObject({ kind: 'answered', status: 200 });
  // It is no certificate of this name.
  expect(await sendAs(`https://localhost:${port}/`, known)).toMatchObject({ kind: 'unreached' });
});
