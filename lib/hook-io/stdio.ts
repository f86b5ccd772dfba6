import { readSync, writeSync } from 'node:fs';

/** More than Claude Code ever sends; a longer input is not a hook's. */
const longestInput = 32 * 1024 * 1024;

/**
 * Reads all of stdin, until the other end closes it, which Claude Code does at once; should it not,
 * the hook's `timeout` ends the wait. Synchronous reads and writes cost 4 ms less than streams.
 */
export function readStdin(): string {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(65_536);
    const read = readChunk(chunk);
    if (read === 0) break;
    size += read;
    if (size > longestInput) return '';
    chunks.push(chunk.subarray(0, read));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readChunk(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      waitWhenBusy(error);
    }
  }
}

/**
 * Prints text.
 *
 * @throws Error when nobody reads any more.
 */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      waitWhenBusy(error);
    }
  }
}

/**
 * Waits when a stream is busy: a pipe that another process made non-blocking fails with EAGAIN
 * while it is empty or full.
 */
function waitWhenBusy(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
