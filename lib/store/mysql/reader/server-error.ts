/** What a server says went wrong, in the shape in which mysql2 tells it. */
export function serverError(packet: Buffer): Error {
  const errno = packet.length < 3 ? 0 : packet.readUInt16LE(1);
  const text = packet.toString('utf8', 3);
  // Before the login there is no state.
  const [, sqlState, message = text] = /^#(.{5})(.*)$/s.exec(text) ?? [];
  return Object.assign(new Error(message), { errno, sqlState });
}
