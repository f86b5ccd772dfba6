import { DocketError } from '../model/errors.ts';
import { addEntry, keepEntry, type Queue, readQueue, removeEntry } from './queue.ts';
import { queueBeside } from './queue-folder.ts';

/**
 * Finds where a list goes on, as the refusal of a change says it. A change can be about a task of
 * another list in the same database, which moves for itself.
 */
export function movedTo(error: unknown, workspaceId: string): string | undefined {
  if (!(error instanceof DocketError) || !('movedTo' in error && 'workspaceId' in error)) return;
  const isOwn = error.workspaceId === workspaceId;
  return isOwn && typeof error.movedTo === 'string' ? error.movedTo : undefined;
}

/**
 * Puts what is queued for a list that has moved into the queue of the database where it goes on, in
 * its order: it is sent when the project names that database. The requests that were applied before
 * are there too, so that nothing is done twice. One that is stopped goes on when it is called again.
 *
 * @returns how many changes wait there.
 */
export function readdress(queue: Queue, database: string): number {
  const there = queueBeside(queue, database);
  const present = new Set(readQueue(there).flatMap((item) => requestOf(item)));
  let count = 0;
  for (const item of readQueue(queue)) {
    if (item.kind !== 'waiting' && item.kind !== 'kept') continue;
    if (!present.has(item.entry.requestId)) {
      const name = addEntry(there, { ...item.entry, database });
      if (item.kind === 'kept') keepEntry(there, { name }, item.kept);
    }
    removeEntry(queue, item);
    count += 1;
  }
  return count;
}

function requestOf(item: ReturnType<typeof readQueue>[number]): readonly string[] {
  return 'entry' in item ? [item.entry.requestId] : [];
}
