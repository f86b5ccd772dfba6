import { requireQueue } from './hold-queue.ts';
import { type Queue, tidyQueue } from './queue.ts';
import { queueBeside } from './queue-folder.ts';
import { readdress } from './readdress.ts';

/**
 * Puts what is queued for a list in a database that is gone for good into the queue of its list in
 * another one. What a backup of the lost database had of it is not done again.
 *
 * @returns how many changes were moved.
 * @throws DocketError `contention`: another process sends them; `invalid_config`
 */
export async function moveQueue(from: string, to: Queue): Promise<number> {
  const queue = queueBeside(to, from);
  const release = await requireQueue(queue);
  try {
    return readdress(queue, to.list.database);
  } finally {
    tidyQueue(queue, Date.now());
    release();
  }
}
