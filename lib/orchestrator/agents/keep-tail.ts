import type { Readable } from 'node:stream';

/** The end of a stream, as UTF-8 text. */
export interface Tail {
  readonly text: () => string;
}

/** Listens to a stream and keeps its last bytes: a flood must not fill the memory. */
export function keepTail(stream: Readable, bytes: number): Tail {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    while (length - (chunks[0]?.length ?? 0) >= bytes) length -= chunks.shift()?.length ?? 0;
  });
  return { text: () => Buffer.concat(chunks).subarray(-bytes).toString('utf8') };
}
