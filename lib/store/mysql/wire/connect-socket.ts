import { connect, type Socket } from 'node:net';
import { translateMysqlError } from './errors.ts';
import { type Place, silenceError } from './explain-outage.ts';
import { lookupHost } from './resolve-host.ts';

/** What a command waits for a server to accept and greet; a hook has a deadline of its own. */
export const connectTimeout = 5000;

/**
 * Connects to a server, and reads nothing yet. This is loaded before the driver, which a process
 * that nobody answers need not load: that would be half of its time.
 *
 * @throws StoreError `unreachable` when it fails, or nobody accepts within `timeout` milliseconds.
 */
export async function connectSocket(place: Place, timeout = connectTimeout): Promise<Socket> {
  const { host, port, socket: path } = place;
  const socket = connect(
    path === undefined ? { host, port, lookup: lookupHost, noDelay: true } : { path },
  );
  const timer = setTimeout(
    () => socket.destroy(silenceError(`no answer within ${timeout / 1000} s`)),
    timeout,
  );
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return socket;
  } catch (error) {
    throw translateMysqlError(error, place);
  } finally {
    clearTimeout(timer);
  }
}
