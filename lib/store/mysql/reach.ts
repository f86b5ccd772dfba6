import { connect, type Socket } from 'node:net';
import { translateMysqlError } from './errors.ts';
import { lookupHost } from './resolve-host.ts';
import type { MysqlTarget } from './target.ts';

/** What a command waits for a server to accept and greet; a hook has a deadline of its own. */
export const connectTimeout = 5000;

/**
 * A socket that a server has accepted, with nothing of it read yet. Apart from the driver, so that
 * who reaches nobody does not load it: that would be half of the time.
 *
 * @throws StoreError `unreachable`
 */
export async function reach({ host, port }: MysqlTarget): Promise<Socket> {
  const socket = connect({ host, port, lookup: lookupHost });
  socket.setNoDelay(true);
  const timer = setTimeout(
    () => socket.destroy(new Error(`no answer within ${connectTimeout / 1000} s`)),
    connectTimeout,
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
