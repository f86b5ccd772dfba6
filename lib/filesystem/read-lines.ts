import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { UnfitFile } from './read-file.ts';

/** Bytes that are read at once. */
const chunkSize = 1 << 18;

const newline = 10;

/**
 * Reads a file line by line, in memory that does not depend on its length. A line that the file
 * ends in without a newline is given as well.
 *
 * @param from the byte to begin at
 * @throws UnfitFile for what is no file, or has a line of more than `mostBytes`; Node's error when it
 * cannot be read
 */
export function* readLines(path: string, mostBytes: number, from = 0): Generator<string> {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    if (!fstatSync(file).isFile()) throw new UnfitFile('is not a file');
    const chunk = Buffer.allocUnsafe(chunkSize);
    let parts: Buffer[] = [];
    let length = 0;
    let number = 1;
    let place = from;
    for (;;) {
      const count = readSync(file, chunk, 0, chunkSize, place);
      if (count === 0) break;
      place += count;
      let start = 0;
      while (start < count) {
        const found = chunk.indexOf(newline, start);
        const end = found === -1 || found >= count ? count : found;
        length += end - start;
        if (length > mostBytes)
          throw new UnfitFile(`has more than ${mostBytes} bytes in line ${number}`);
        // A copy, as the next part is read into the same place.
        parts.push(Buffer.from(chunk.subarray(start, end)));
        start = end + 1;
        if (end === count) break;
        yield Buffer.concat(parts, length).toString('utf8');
        parts = [];
        length = 0;
        number += 1;
      }
    }
    if (length > 0) yield Buffer.concat(parts, length).toString('utf8');
  } finally {
    closeSync(file);
  }
}
