import { createHash } from 'node:crypto';

/** Makes the id of a task here from the one that it has there. */
export function foreignId(workspaceId: string, format: string, id: string): string {
  const hex = createHash('sha256').update(`${workspaceId}\n${format}\n${id}`).digest('hex');
  // A UUID of version 8, whose bits are one's own (RFC 9562).
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
    .concat(hex.slice(20, 32))
    .join('-');
}
