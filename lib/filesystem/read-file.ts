import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** What stands at a path and is no file that can be read whole; the message says why. */
export class UnfitFile extends Error {}

/**
 * Reads a whole file, which may be missing; this is the one place of docket that reads files. A
 * repository can bring links along, which lead to pipes and devices and to files without an end, as
 * /proc has them: nothing is waited for, and no more is read than the file's use can need.
 *
 * @throws UnfitFile for what is no file or has more than `mostBytes`; Node's error when it cannot
 * be read
 */
export function readBytes(path: string, mostBytes: number): Buffer | undefined {
  // To look first is cheaper than an error, and opening a device can already do something.
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new UnfitFile('is not a file');
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    return readOpen(file, mostBytes);
  } finally {
    closeSync(file);
  }
}

/** Reads a file as UTF-8 text, as `readBytes` does. */
export function readText(path: string, mostBytes: number): string | undefined {
  return readBytes(path, mostBytes)?.toString('utf8');
}

/**
 * Reads the first bytes of a file, by which its kind is known, as Latin-1 text.
 *
 * @throws UnfitFile for what is no file; Node's error when it cannot be read
 */
export function readBeginning(path: string, length: number): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    if (!fstatSync(file).isFile()) throw new UnfitFile('is not a file');
    const bytes = Buffer.alloc(length);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readOpen(file: number, mostBytes: number): Buffer {
  // What was opened counts: something else can have taken its place since.
  const found = fstatSync(file);
  if (!found.isFile()) throw new UnfitFile('is not a file');
  if (found.size > mostBytes) throw new UnfitFile(`is longer than ${mostBytes} bytes`);
  // The size is a guess: files in /proc have none, and others grow meanwhile.
  let bytes = Buffer.allocUnsafe(Math.min(found.size || 4096, mostBytes) + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    if (count === 0) return bytes.subarray(0, length);
    length += count;
    if (length > mostBytes) throw new UnfitFile(`is longer than ${mostBytes} bytes`);
    if (length === bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(length * 2, mostBytes + 1));
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
  }
}
