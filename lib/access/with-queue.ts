import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { QueuedAnswer } from '../model/answers/queued.ts';
import { DocketError } from '../model/errors.ts';
import { isQueueInUse } from '../outbox/queue-folder.ts';
import type { ListContext, ListInput, OpenList } from './list-context.ts';

/** An open list of a folder, and how it was found. */
export interface QueueingList {
  readonly list: OpenList & { readonly context: ListContext };
  readonly input: ListInput;
}

/** A verb that a program calls. */
interface Called {
  readonly verb: string;
  /** Gives the operation's input, checked. */
  checkInput(): Promise<unknown>;
  readonly isWriting: boolean;
  readonly requestId: string | undefined;
}

/**
 * Does a program's work on a list after what waits for its database, or queues it while that is
 * away.
 *
 * @throws DocketError of the work; `unreachable` where it may not be queued, with the reason
 */
export async function withQueue<T>(
  { list, input }: QueueingList,
  { verb, checkInput, isWriting, requestId }: Called,
  work: () => Promise<T>,
): Promise<T | QueuedAnswer> {
  try {
    if (isQueueInUse(list.env, snapshotIdOf(list.context))) {
      const { sendBefore } = await import('./send-queued.ts');
      await sendBefore(list, { ...input, isWriting });
    }
    return await work();
  } catch (error) {
    const isAway = error instanceof DocketError && error.code === 'unreachable';
    if (!isWriting || !isAway) throw error;
    const { queueChange } = await import('./queue-change.ts');
    const { worker } = list.scope;
    return queueChange(input, { verb, input: await checkInput(), error, worker, requestId });
  }
}
