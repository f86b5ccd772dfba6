import { connect, Socket, type SocketConstructorOpts } from 'node:net';
import type { TcpHandle } from './dial.ts';
import { translateMysqlError } from './errors.ts';
import { lookupHost } from './resolve-host.ts';
import type { MysqlTarget } from './target.ts';

/** Makes a socket of a connection that stands, as `net` does for those that its servers accept. */
export function wrapSocket(handle: TcpHandle): Socket {
  const socket = new Socket({ handle } as unknown as SocketConstructorOpts);
  // One that fails before the driver listens must not end the process: the driver looks.
  return socket.once('error', () => {});
}

/**
 * A socket that a server has accepted.
 *
 * @throws StoreError `unreachable`
 */
export async function openSocket({ host, port }: MysqlTarget, timeout: number): Promise<Socket> {
  const socket = connect({ host, port, lookup: lookupHost });
  const timer = setTimeout(
    () => socket.destroy(new Error(`no answer within ${timeout / 1000} s`)),
    timeout,
  );
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return socket;
  } catch (error) {
    throw translateMysqlError(error);
  } finally {
    clearTimeout(timer);
  }
}
