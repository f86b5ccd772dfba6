import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { dial } from '../../../../lib/store/mysql/wire/dial.ts';
import { reach } from '../../../../lib/store/mysql/wire/reach.ts';
import type { MysqlTarget } from '../../../../lib/store/mysql/wire/target.ts';
import { freePort } from '../../../engines/free-port.ts';

const patience = 5_000;

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

function target(host: string, port: number): MysqlTarget {
  return { host, port, database: 'tasks', user: 'alice', password: '', tls: 'off' };
}

async function echo(socket: Socket): Promise<string> {
  socket.end('is anybody there?');
  let heard = '';
  for await (const bytes of socket) heard += bytes;
  return heard;
}

/** In place of `process.binding` for one test. */
function replaceBinding(binding: unknown): void {
  const { binding: real } = process as unknown as { binding: unknown };
  Object.assign(process, { binding });
  onTestFinished(() => {
    Object.assign(process, { binding: real });
  });
}

describe('an address', () => {
  test.for(['127.0.0.1', 'localhost'])('that accepts gives a socket: %s', async (host) => {
    const port = await startEcho('127.0.0.1');
    const handle = await dial({ host, port }, patience);
    expect(handle).toBeDefined();
    handle?.close();
    const socket = await reach(target(host, port));
    expect(socket.remotePort).toBe(port);
    expect(await echo(socket)).toBe('is anybody there?');
  });

  test.for(['127.0.0.1', 'localhost'])('that refuses is unreachable: %s', async (host) => {
    const port = await freePort();
    await expect(dial({ host, port }, patience)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unreachable',
      message: `connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });

  test.skipIf(process.platform !== 'linux')(
    'that says nothing at all is given up in time, and the connection with it',
    async () => {
      const port = await startFullQueue();
      const attempt = dial({ host: '127.0.0.1', port }, 200);
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

describe('where Node.js gives no handle', () => {
  test.for<[string, unknown]>([
    ['has none', undefined],
    [
      'does not permit it',
      () => {
        throw new Error('Access to this API has been restricted');
      },
    ],
    ['has another one', () => ({ TCP: class {}, TCPConnectWrap: class {}, constants: {} })],
  ])('as it %s, net connects', async ([, binding]) => {
    const port = await startEcho('127.0.0.1');
    replaceBinding(binding);
    expect(await dial({ host: '127.0.0.1', port }, patience)).toBeUndefined();
    expect(await echo(await reach(target('127.0.0.1', port)))).toBe('is anybody there?');
    const closed = await freePort();
    await expect(reach(target('127.0.0.1', closed))).rejects.toThrow('ECONNREFUSED');
  });

  test.for([70_000, 4464.5, -1, Number.NaN, '4464', null])(
    'as %s is no port, net looks at it',
    async (port) => {
      expect(await dial({ host: '127.0.0.1', port: port as number }, patience)).toBeUndefined();
    },
  );

  test.for([
    ['NODE_PENDING_DEPRECATION', '1'],
    ['NODE_OPTIONS', '--throw-deprecation --pending-deprecation'],
  ])('as %s=%s would make Node.js warn, net connects', async ([name = '', value = '']) => {
    const port = await startEcho('127.0.0.1');
    vi.stubEnv(name, value);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(await dial({ host: '127.0.0.1', port }, patience)).toBeUndefined();
  });

  test.for(['tasks.example.com', '127.0.0.1.example.com', '300.0.0.1', '::zz'])(
    'as %s is no address, net connects',
    async (host) => {
      expect(await dial({ host, port: 3306 }, patience)).toBeUndefined();
    },
  );
});
