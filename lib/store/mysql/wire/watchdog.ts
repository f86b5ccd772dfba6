import type { Socket } from 'node:net';

/**
 * Calls `onSilence` when nothing has come from the server for `patience` milliseconds; mysql2's own
 * timeout ends with the handshake. Bytes on their way count as life, so a slow line is no outage.
 *
 * @returns what ends the watch.
 */
export function guardSilence(
  socket: Pick<Socket, 'bytesRead'>,
  { patience, onSilence }: { patience: number; onSilence: (error: Error) => void },
): () => void {
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead === seen) {
      clearInterval(timer);
      onSilence(new Error(`the server has said nothing for ${patience / 1000} s`));
    }
    seen = socket.bytesRead;
  }, patience);
  return () => clearInterval(timer);
}
