import { existsSync } from 'node:fs';
import { createPrivately } from '../filesystem/atomic-write.ts';
import { DocketError } from '../model/errors.ts';
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

/**
 * Takes a queue, as `holdQueue` does, for a person who decides what becomes of it.
 *
 * @throws DocketError `contention`: another process sends it
 */
export async function requireQueue(queue: Queue): Promise<() => void> {
  const release = await holdQueue(queue);
  if (release !== undefined) return release;
  const { database } = queue.list;
  throw new DocketError('contention', `another docket is sending what is queued in ${database}`, {
    hint: 'Run the command again when it has ended',
  });
}
