import { DocketError, type ErrorCode } from '../model/errors.ts';
import type { Scope } from '../tracker/scope.ts';
import { applyEntry } from './apply.ts';
import type { Entry } from './entry.ts';
import { holdQueue } from './hold-queue.ts';
import { isUnsettled } from './is-unsettled.ts';
import { type Item, keepEntry, type Queue, readQueue, removeEntry, tidyQueue } from './queue.ts';
import { movedTo, readdress } from './readdress.ts';

/** What became of a queue. */
export interface Replayed {
  /** How many changes have arrived. */
  readonly arrived: number;
  /** How many conflicted, and are kept. */
  readonly kept: number;
  /** How many wait still. */
  readonly left: number;
  /**
   * What the database answered that keeps them waiting; undefined where time was up.
   */
  readonly failure?: DocketError | undefined;
  /** How many wait in the queue of the database in which the list goes on. */
  readonly moved?: { readonly count: number; readonly database: string } | undefined;
}

export interface ReplayOptions {
  /** The milliseconds after which no further change is begun. */
  readonly budget: number;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now?: () => number;
}

/** The errors that say nothing of the change: it is sent again later. */
const passing: ReadonlySet<ErrorCode> = new Set([
  ...(['unreachable', 'contention', 'migration_due', 'schema_too_new'] as const),
  ...(['not_trusted', 'not_initialised'] as const),
]);

/** Milliseconds between two looks at whether another process has sent the queue. */
const lookEvery = 50;

/**
 * Sends what is queued, in its order, each change in a transaction of its own. One process at a time
 * does; others wait for it. Correctness does not rest on that: the database does each change once,
 * and whoever sends, sends in order.
 */
export async function replay(
  list: Omit<Scope, 'worker'>,
  queue: Queue,
  { budget, now = Date.now }: ReplayOptions,
): Promise<Replayed> {
  const end = uptime() + budget;
  for (;;) {
    const release = await holdQueue(queue);
    if (release !== undefined) {
      try {
        return await send(list, queue, { end, now });
      } finally {
        tidyQueue(queue, now());
        release();
      }
    }
    if (uptime() >= end) return { arrived: 0, kept: 0, left: countWaiting(readQueue(queue)) };
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
}

async function send(
  list: Omit<Scope, 'worker'>,
  queue: Queue,
  { end, now }: { readonly end: number; readonly now: () => number },
): Promise<Replayed> {
  const items = readQueue(queue);
  const stuck = new Stuck();
  let [arrived, kept] = [0, 0];
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'waiting') {
      stuck.add(item);
      continue;
    }
    const before = stuck.findBefore(item.entry);
    if (before !== undefined) {
      const reason = `it follows ${before}, which is kept`;
      keepEntry(queue, item, { code: 'waits', reason, waitsFor: before });
      stuck.add(item);
      kept += 1;
      continue;
    }
    const left = () => countWaiting(items.slice(index));
    if (uptime() >= end) return { arrived, kept, left: left() };
    try {
      await applyEntry(list, item.entry, now());
    } catch (error) {
      const database = movedTo(error, list.workspaceId);
      if (database !== undefined) {
        const moved = { count: readdress(queue, database), database };
        return { arrived, kept, left: 0, moved };
      }
      if (isPassing(error)) return { arrived, kept, left: left(), failure: error };
      if (!isDone(error)) {
        keepEntry(queue, item, why(error));
        stuck.add(item);
        kept += 1;
        continue;
      }
    }
    removeEntry(queue, item);
    arrived += 1;
  }
  return { arrived, kept, left: 0 };
}

function countWaiting(items: readonly Item[]): number {
  return items.filter(({ kind }) => kind === 'waiting').length;
}

/** Whether it is to be sent again: what may have been saved finds itself then. */
function isPassing(error: unknown): error is DocketError {
  if (!(error instanceof DocketError) || isThere(error)) return false;
  return passing.has(error.code) || isUnsettled(error);
}

/** Whether what a change makes has an id that is taken, which no other attempt can alter. */
function isThere(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === 'duplicate') return true;
  }
  return false;
}

/** Whether it was done before, by who was killed or lost the connection at the wrong moment. */
function isDone(error: unknown): boolean {
  return error instanceof Error && error.name === 'AlreadyApplied';
}

function why(error: unknown) {
  if (isThere(error)) {
    return { code: 'conflict', reason: 'the same request has made it already' };
  }
  if (error instanceof DocketError) {
    return { code: error.code, reason: error.message, hint: error.hint };
  }
  return { code: 'internal', reason: error instanceof Error ? error.message : String(error) };
}

/** The changes that are kept, and the tasks that later ones cannot go past. */
class Stuck {
  readonly #made = new Map<string, string>();
  readonly #changed = new Map<string, string>();

  add(item: Item): void {
    if (item.kind === 'damaged') return;
    const { makes, about, verb } = item.entry;
    for (const key of makes) this.#made.set(key, item.id);
    if (!changesTask(verb)) return;
    for (const key of about) this.#changed.set(key, item.id);
  }

  /** Finds the change that must go before this one. */
  findBefore({ verb, about }: Entry): string | undefined {
    const isHeldUp = changesTask(verb);
    const found = about.find((key) => this.#made.has(key) || (isHeldUp && this.#changed.has(key)));
    if (found === undefined) return undefined;
    return this.#made.get(found) ?? this.#changed.get(found);
  }
}

/** Whether a verb changes the tasks that it is about, of which one change follows from another. */
function changesTask(verb: string): boolean {
  return verb !== 'create' && verb !== 'note';
}

/** Milliseconds; like `performance.now`, which takes a command 0.7 ms to load. */
function uptime(): number {
  return process.uptime() * 1000;
}
