import { existsSync } from 'node:fs';
import { createPrivately } from '../filesystem/atomic-write.ts';
import { holdFile } from '../tracker/database/hold-file.ts';
import type { Queue } from './queue.ts';

/**
 * Takes a queue for this process until it lets it go or has ended in any way.
 *
 * @returns what lets it go; undefined while another process has it.
 */
export async function holdQueue({ folder }: Queue): Promise<(() => void) | undefined> {
  const lock = `${folder}.lock`;
  try {
    if (!existsSync(lock)) createPrivately(lock);
    return await holdFile(lock);
  } catch {
    // A file system without locks: two may send at once, which costs time and no change.
    return () => {};
  }
}
