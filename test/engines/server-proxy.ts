import { connect, createServer, type Socket } from 'node:net';

/** How long a proxy holds back each piece of data, in milliseconds. */
export interface Delay {
  readonly toServer?: number;
  readonly toClient?: number;
}

/** A loopback port before a real server: counts what passes, and delays or spoils it. */
export interface ServerProxy {
  readonly port: number;
  /**
   * Runs `work`, from when no connection is open to when none is open again, and counts its flights.
   * A flight is what a client sends after it was given something by the server, however many
   * packets that is: the login is one, and so is the goodbye; TCP's own handshake is none.
   */
  countFlights<T>(work: () => Promise<T>): Promise<{ result: T; flights: number }>;
  /** Holds back each later piece this long; a direction that is not named is not held back. */
  delay(delay: Delay): void;
  /** Swallows the server's pieces after the first `pieces` of a connection, or ends it there. */
  after(pieces: number, what: 'swallow' | 'end'): void;
  /**
   * Holds back whatever is sent either way, over later connections too, as a network that has fallen
   * apart does, until it lets it go on.
   */
  hold(isHeld: boolean): void;
  /** Lets everything through again. */
  mend(): void;
  close(): void;
}

/** Stands before the server on a loopback port, a free one by default. The caller closes it. */
export async function startProxy(serverPort: number, port = 0): Promise<ServerProxy> {
  let wait: Required<Delay> = { toServer: 0, toClient: 0 };
  let limit = Number.POSITIVE_INFINITY;
  let then: 'swallow' | 'end' = 'swallow';
  let flights = 0;
  let open = 0;
  let isHeld = false;
  let whenIdle: (() => void) | undefined;
  const sockets = new Set<Socket>();

  const proxy = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    open += 1;
    // The server speaks first.
    let isAnswered = true;
    client.on('data', (bytes) => {
      if (isAnswered) flights += 1;
      isAnswered = false;
      setTimeout(() => server.write(bytes), wait.toServer);
    });
    let pieces = 0;
    server.on('data', (bytes) => {
      pieces += 1;
      if (pieces <= limit) {
        setTimeout(() => {
          isAnswered = true;
          client.write(bytes);
        }, wait.toClient);
      } else if (then === 'end') client.destroy();
    });
    if (isHeld) for (const socket of [client, server]) socket.pause();
    server.on('close', () => setTimeout(() => client.end(), wait.toClient));
    client.on('close', () => {
      setTimeout(() => server.destroy(), wait.toServer);
      open -= 1;
      if (open === 0) whenIdle?.();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  const address = proxy.address();

  async function idle(): Promise<void> {
    if (open === 0) return;
    await new Promise<void>((resolve) => {
      whenIdle = resolve;
    });
  }

  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    countFlights: async (work) => {
      // A client does not wait until its goodbye has arrived.
      await idle();
      flights = 0;
      const result = await work();
      await idle();
      return { result, flights };
    },
    delay: ({ toServer = 0, toClient = 0 }) => {
      wait = { toServer, toClient };
    },
    after: (limitOfPieces, what) => {
      limit = limitOfPieces;
      then = what;
    },
    hold: (isToHold) => {
      isHeld = isToHold;
      for (const socket of sockets) {
        if (isHeld) socket.pause();
        else socket.resume();
      }
    },
    mend: () => {
      wait = { toServer: 0, toClient: 0 };
      limit = Number.POSITIVE_INFINITY;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
