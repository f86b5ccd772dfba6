import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectSocket } from '../../../../lib/store/mysql/wire/connect-socket.ts';
import { freePort } from '../../../engines/free-port.ts';

/** A loopback port that says back what it hears. */
async function startEcho(host: string): Promise<number> {
  const server = createServer((socket) => socket.pipe(socket));
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function echo(socket: Socket): Promise<string> {
  socket.end('is anybody there?');
  let heard = '';
  for await (const bytes of socket) heard += bytes;
  return heard;
}

describe('an address', () => {
  test.for(['127.0.0.1', 'localhost'])('that accepts gives a socket: %s', async (host) => {
    const port = await startEcho('127.0.0.1');
    const socket = await connectSocket({ host, port });
    expect(socket.remotePort).toBe(port);
    expect(await echo(socket)).toBe('is anybody there?');
  });

  test.for(['127.0.0.1', 'localhost'])('that refuses is unreachable: %s', async (host) => {
    const port = await freePort();
    await expect(connectSocket({ host, port })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unreachable',
      message: `the database at ${host}:${port} does not answer: nothing listens there (connect ECONNREFUSED 127.0.0.1:${port})`,
    });
  });

  test.skipIf(process.platform !== 'linux')(
    'that says nothing at all is given up in time, and the connection with it',
    async () => {
      const port = await startFullQueue();
      const attempt = connectSocket({ host: '127.0.0.1', port }, 200);
      await expect(attempt).rejects.toThrow('no answer within 0.2 s');
    },
  );
});

/** A listener that stands still, with no room left for connections: Linux drops the next ones. */
async function startFullQueue(): Promise<number> {
  const child = spawn(process.execPath, [
    '-e',
    `const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 },
       () => console.log(server.address().port));`,
  ]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const port = Number(line);
  const crowd = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }));
  onTestFinished(() => {
    for (const socket of crowd) socket.on('error', () => {}).destroy();
  });
  await once(crowd[0] as Socket, 'connect');
  return port;
}
