import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { shellWord } from '../../model/shell-word.ts';
import { StoreError } from '../errors.ts';

/** What the file system says of a failure, and what to do. */
export interface Explanation {
  readonly message: string;
  readonly hint?: string;
  /** Whether a sandbox around the process may be behind it. */
  readonly maySandbox?: boolean;
}

/**
 * Refuses a disk without space. What is written next can still fit into SQLite's log, which makes a
 * trial no proof.
 *
 * @throws StoreError `unreachable`
 */
export function refuseFullDisk(path: string): void {
  if (!hasNoSpace(dirname(path))) return;
  const { message, hint } = diskIsFull(path);
  throw new StoreError('unreachable', message, { hint });
}

/** The bytes that SQLite needs beside a file before it reads from it. */
const needed = 64 * 1024;

/** Says that there is no space, or no more of it for this person. */
export function whyNoSpace(path: string, mayTry: boolean): Explanation | undefined {
  const folder = dirname(path);
  const code = hasNoSpace(folder) ? 'ENOSPC' : mayTry ? tryToWrite(folder) : undefined;
  if (code === 'ENOSPC') return diskIsFull(path);
  if (code !== 'EDQUOT') return undefined;
  return {
    message: `your disk quota is used up, so nothing can be written to ${path}`,
    hint: 'Free some space of yours; reading still works',
  };
}

export function diskIsFull(path: string): Explanation {
  return {
    message: `the disk is full, so nothing can be written to ${path}`,
    hint: `Free some space: df -h ${shellWord(dirname(path))}. Reading still works`,
  };
}

function hasNoSpace(folder: string): boolean {
  try {
    const { blocks, bavail, bfree, bsize } = statfsSync(folder);
    // Root may use what is kept from others. A file system that counts no blocks says nothing.
    const free = process.getuid?.() === 0 ? bfree : bavail;
    return blocks > 0 && free * bsize < needed;
  } catch {
    return false;
  }
}

/** Writes to a new file in a folder, which goes again; gives the code of the error, if one comes. */
function tryToWrite(folder: string): string | undefined {
  const path = `${folder}/.docket-trial-${process.pid}`;
  let file: number | undefined;
  try {
    file = openSync(path, 'wx', 0o600);
    writeSync(file, Buffer.alloc(needed));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    if (file !== undefined) {
      closeSync(file);
      rmSync(path, { force: true });
    }
  }
}
