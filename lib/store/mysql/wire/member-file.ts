import { closeSync, constants, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes: a host's name ends at 253 characters. */
const mostBytes = 300;

// Not to wait where somebody has put a pipe in the file's place.
const { O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } = constants;

/** Reads which member of a cluster served last; whatever is wrong with the file, nobody knows. */
export function readMember(path: string): string | undefined {
  try {
    return withFile(path, O_RDONLY, (file) => {
      const bytes = Buffer.alloc(mostBytes);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    });
  } catch {
    return undefined;
  }
}

/** Writes such a file in one step; it can be lost, so that it could not is no error. */
export function writeMember(path: string, name: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    withFile(path, O_WRONLY | O_CREAT | O_TRUNC, (file) => writeSync(file, name));
  } catch {
    // The next process begins with the URL's first member.
  }
}

function withFile<T>(path: string, flags: number, work: (file: number) => T): T {
  const file = openSync(path, flags | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
