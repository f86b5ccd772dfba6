import { connect, type Socket } from 'node:net';
import { translateMysqlError } from './errors.ts';
import { type Place, silenceError } from './explain-outage.ts';
import { lookupHost } from './resolve-host.ts';

/** What a command waits for a server to accept and greet; a hook has a deadline of its own. */
export const connectTimeout = 5000;

/** Begins to connect to a server. */
export function openSocket({ host, port, socket: path }: Place): Socket {
  return connect(path === undefined ? { host, port, lookup: lookupHost, noDelay: true } : { path });
}

/**
 * Connects to a server, and reads nothing yet.
 *
 * @throws StoreError `unreachable` when it fails, or nobody accepts within `timeout` milliseconds.
 */
export async function connectSocket(place: Place, timeout = connectTimeout): Promise<Socket> {
  const socket = openSocket(place);
  await awaitEvent(socket, 'connect', { place, timeout });
  return socket;
}

interface Awaiting {
  readonly place: Place;
  readonly timeout?: number;
}

/** Waits for a server to accept, or to say something. @throws StoreError as `connectSocket` */
export async function awaitEvent(
  socket: Socket,
  event: 'connect' | 'readable',
  { place, timeout = connectTimeout }: Awaiting,
): Promise<void> {
  const timer = setTimeout(
    () => socket.destroy(silenceError(`no answer within ${timeout / 1000} s`)),
    timeout,
  );
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(event, resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    throw translateMysqlError(error, place);
  } finally {
    clearTimeout(timer);
  }
}
