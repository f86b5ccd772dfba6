import { createServer, type Server, type Socket } from 'node:net';
import type { ServerConnection } from '../../model/connection.ts';

/** A place of this machine that leads to a server: it counts what passes, and can be cut. */
export interface Relay {
  /** Where its users connect to instead of the server. */
  readonly connection: ServerConnection;
  /**
   * How many times a client has waited for the server so far: the login is one, and so is the
   * goodbye, which nobody waits for; TCP's own handshake is none.
   */
  readonly flights: number;
  /** Why the server could not be reached the last time that it could not. */
  readonly failure: Error | undefined;
  /** Ends every connection, and each that comes. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/**
 * Opens a relay to a server, or to one member of a cluster. Without TLS, and without a socket of
 * the server's, it is a port of the loopback: whoever logs in there gives away no more than it
 * would to the server. Else it is the Unix socket `path`, over which the certificate is checked
 * against the server's own name.
 */
export async function openRelay(place: ServerConnection, path: string): Promise<Relay> {
  const server = await oneMember(place);
  const isPlain = server.tls === 'off' && server.socket === undefined;
  const sockets = new Set<Socket>();
  let [flights, isCut] = [0, false];
  let failure: Error | undefined;

  async function join(client: Socket): Promise<void> {
    keep(client);
    if (isCut) return void client.destroy();
    try {
      const upstream = await connectTo(server);
      keep(upstream);
      if (client.destroyed || isCut) {
        client.destroy();
        return void upstream.destroy();
      }
      // The server speaks first.
      let isAnswered = true;
      client.on('data', () => {
        if (isAnswered) flights += 1;
        isAnswered = false;
      });
      upstream.on('data', () => {
        isAnswered = true;
      });
      client.pipe(upstream).pipe(client);
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
    } catch (error) {
      failure = error as Error;
      client.destroy();
    }
  }

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }

  function end(): void {
    for (const socket of sockets) socket.destroy();
  }

  const listener = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
    void join(client);
  });
  await listen(listener, isPlain ? { port: 0, host: '127.0.0.1' } : { path });
  const connection = isPlain
    ? { ...server, host: '127.0.0.1', port: portOf(listener) }
    : { ...server, socket: path, ca: server.tls === 'verify' ? authoritiesFor(server) : undefined };

  return {
    connection,
    get flights() {
      return flights;
    },
    get failure() {
      return failure;
    },
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    async close() {
      const closed = new Promise((resolve) => listener.close(resolve));
      end();
      await closed;
    },
  };
}

/** Gives the place of one server: of a cluster that of the first member that answers. */
async function oneMember(place: ServerConnection): Promise<ServerConnection> {
  const { others, memberFile: _, ...server } = place;
  if (others === undefined || others.length === 0) return server;
  const { reach } = await import('../../store/mysql/wire/reach.ts');
  const { socket, target } = await reach(place);
  socket.destroy();
  return { ...server, host: target.host, port: target.port };
}

async function connectTo(server: ServerConnection): Promise<Socket> {
  const { reach } = await import('../../store/mysql/wire/reach.ts');
  return (await reach(server)).socket;
}

/** Gives the authorities that Node.js goes by where a connection names none of its own. */
function authoritiesFor({ ca }: ServerConnection): string {
  const { getCACertificates, rootCertificates } = process.getBuiltinModule('node:tls');
  return ca ?? (getCACertificates?.('default') ?? rootCertificates).join('\n');
}

function listen(
  listener: Server,
  place: { readonly path: string } | { readonly port: number; readonly host: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(place, resolve);
  });
}

function portOf(listener: Server): number {
  const address = listener.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
