import { DocketError } from '../model/errors.ts';
import { ownQueue } from '../outbox/own-queue.ts';
import { readQueue } from '../outbox/queue.ts';
import { type Replayed, type ReplayOptions, replay } from '../outbox/replay.ts';
import { spellQueued, spellSent } from '../outbox/spell-sent.ts';
import type { ListInput, OpenList } from './list-context.ts';

// A bundle of its own: it writes as verbs do, and most commands and hooks find nothing queued.

/** Milliseconds that a command gives what is queued before it: a reader's, and a writer's. */
const budgets = { look: 2_000, write: 20_000 } as const;

/** Sends what is queued for an open list; undefined where it has no queue of the person's own. */
export async function sendQueue(
  { scope, context, env }: OpenList,
  options: ReplayOptions,
): Promise<Replayed | undefined> {
  const queue = context && ownQueue(context, env);
  return queue && replay(scope, queue, options);
}

/**
 * Sends what was queued for a list while it was away, before a command that has reached it: the
 * command expects to see what was done before.
 *
 * @throws DocketError `contention` where a writing command would go past what waits still, or what
 * keeps it waiting; `invalid_config` where the queue's folder cannot be used
 */
export async function sendBefore(
  list: OpenList,
  { isWriting = false, progress }: ListInput,
): Promise<void> {
  const budget = isWriting ? budgets.write : budgets.look;
  const sent = await sendQueue(list, { budget }).catch((error: unknown) => {
    // What cannot be read or removed on this disk keeps nobody from looking at the list.
    if (isWriting || !(error instanceof DocketError)) throw error;
    progress?.(error.message);
  });
  if (!sent) return;
  const told = spellSent(sent);
  if (told !== undefined) progress?.(told);
  if (!isWriting || sent.left === 0) return;
  throw (
    sent.failure ??
    new DocketError('contention', `${sent.left} queued changes are not sent yet, and go first`, {
      hint: 'Run the command again, or docket outbox retry, which takes its time',
    })
  );
}

/**
 * Sends what is queued for a hook's list, as far as its time goes.
 *
 * @returns what became of it, for the session; undefined where nothing did.
 */
export async function sendInHook(list: OpenList, budget: number): Promise<string | undefined> {
  const sent = await sendQueue(list, { budget });
  return sent && spellSent(sent);
}

/** Says what is queued for a list, for the person whose session begins. */
export function tellQueued({ context, env }: Pick<OpenList, 'context' | 'env'>) {
  const queue = context && ownQueue(context, env);
  return queue && spellQueued(readQueue(queue));
}
