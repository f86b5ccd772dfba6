import type { Socket } from 'node:net';
import { silenceError } from './explain-outage.ts';

/**
 * Calls `onSilence` when nothing has come from the server for `silenceLimit` milliseconds; mysql2's own
 * timeout ends with the handshake. Bytes on their way count as life, so a slow line is no outage.
 *
 * @returns what ends the watch.
 */
export function guardSilence(
  socket: Pick<Socket, 'bytesRead'>,
  { silenceLimit, onSilence }: { silenceLimit: number; onSilence: (error: Error) => void },
): () => void {
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead === seen) {
      clearInterval(timer);
      onSilence(silenceError(`the server has said nothing for ${silenceLimit / 1000} s`));
    }
    seen = socket.bytesRead;
  }, silenceLimit);
  return () => clearInterval(timer);
}
