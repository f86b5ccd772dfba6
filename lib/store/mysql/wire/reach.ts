import type { Socket } from 'node:net';
import { dial } from './dial.ts';
import type { MysqlTarget } from './target.ts';

/** What a command waits for a server to accept and greet; a hook has a deadline of its own. */
export const connectTimeout = 5000;

/**
 * A socket that a server has accepted, with nothing of it read yet. Apart from the driver, so that
 * who reaches nobody does not load it: that would be half of the time.
 *
 * @throws StoreError `unreachable`
 */
export async function reach(target: MysqlTarget): Promise<Socket> {
  const handle = await dial(target, connectTimeout);
  const { wrapSocket, openSocket } = await import('./socket.ts');
  const socket = handle ? wrapSocket(handle) : await openSocket(target, connectTimeout);
  return socket.setNoDelay(true);
}
