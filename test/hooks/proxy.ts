import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Proxy {
  readonly port: number;
  /** From now on each piece that the server sends is held back this long. */
  delay(milliseconds: number): void;
  /** From now on the server's pieces after the first `pieces` are swallowed, or end the connection. */
  after(pieces: number, what: 'swallow' | 'end'): void;
  /** Lets everything through again. */
  mend(): void;
}

/** Stands on a loopback port before a real server, and spoils what passes as a test wants. */
export async function startProxy(serverPort: number): Promise<Proxy> {
  let wait = 0;
  let limit = Number.POSITIVE_INFINITY;
  let then: 'swallow' | 'end' = 'swallow';
  const sockets = new Set<Socket>();

  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    client.pipe(server);
    let pieces = 0;
    server.on('data', (bytes) => {
      pieces += 1;
      if (pieces <= limit) setTimeout(() => client.write(bytes), wait);
      else if (then === 'end') client.destroy();
    });
    server.on('close', () => setTimeout(() => client.end(), wait));
    client.on('close', () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const address = proxy.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    delay: (milliseconds) => {
      wait = milliseconds;
    },
    after: (pieces, what) => {
      limit = pieces;
      then = what;
    },
    mend: () => {
      wait = 0;
      limit = Number.POSITIVE_INFINITY;
    },
  };
}
