import type { Socket } from 'node:net';

/**
 * Looks at a server's first bytes before anybody else does, and ends the connection when they are
 * not the protocol's: their length would be read as that of a packet, and waited for.
 *
 * @returns what tells why it was ended.
 */
export function watchGreeting(
  socket: Socket,
  onFirstByte: (() => void) | undefined,
): () => Error | undefined {
  let stranger: Error | undefined;
  socket.once('data', (bytes: Buffer) => {
    onFirstByte?.();
    if (isGreeting(bytes)) return;
    stranger = new Error('what answers there is no MySQL server');
    socket.destroy(stranger);
  });
  return () => stranger;
}

/** Protocol version 10, or an error, after the packet's length and number. */
function isGreeting(bytes: Buffer): boolean {
  return bytes.length < 5 || bytes[4] === 10 || bytes[4] === 0xff;
}
