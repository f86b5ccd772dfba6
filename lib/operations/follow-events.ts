import { setTimeout as wait } from 'node:timers/promises';
import type { EventView } from '../model/answers/task.ts';
import { DocketError } from '../model/errors.ts';

/** How a program follows the events of a list. */
export interface FollowOptions {
  /**
   * The number of the last event that the program knows; 0 begins with the first. By default the
   * newest.
   */
  readonly since?: number;
  /** Ends the iteration when it is aborted, without an error. */
  readonly signal?: AbortSignal;
  /** Hears when the database cannot be reached, once an outage. The events follow when it is back. */
  readonly onOutage?: (error: DocketError) => void;
}

/** A part of a list's history, in order, and the number of its newest event. */
interface Page<Event> {
  readonly events: readonly Event[];
  readonly seq: number;
}

/** Milliseconds from one look at a quiet list to the next. */
const pause = 1_000;

/** Milliseconds between the tries in an outage; the last one counts from then on. */
const outagePauses = [500, 1_000, 2_000, 5_000, 15_000];

/** Events of one flight. */
const pageSize = 100;

/**
 * Gives the events of a list one by one, those to come too, until `signal` is aborted. An outage of
 * the database is waited out.
 *
 * @throws DocketError what `read` throws, an outage apart
 */
export async function* followEvents<Event extends EventView>(
  read: (seq: number, limit: number) => Promise<Page<Event>>,
  { since, signal, onOutage = () => {} }: FollowOptions & { readonly signal: AbortSignal },
): AsyncGenerator<Event, void, void> {
  let seq = since;
  while (true) {
    const page = await readPatiently(seq);
    if (page === undefined) return;
    for (const event of seq === undefined ? [] : page.events) {
      yield event;
      if (signal.aborted) return;
      seq = event.seq;
    }
    seq ??= page.seq;
    if (page.events.length < pageSize) await sleep(pause, signal);
  }

  function readPatiently(after: number | undefined): Promise<Page<Event> | undefined> {
    const limit = after === undefined ? 1 : pageSize;
    return waitOut(() => read(after ?? 0, limit), { signal, onOutage });
  }
}

/**
 * Waits an outage of the database out; undefined when the signal ends the wait.
 *
 * @param onOutage hears of it once
 * @throws DocketError what `work` throws, an outage apart
 */
export async function waitOut<T>(
  work: () => Promise<T>,
  {
    signal,
    onOutage,
  }: { readonly signal: AbortSignal } & Required<Pick<FollowOptions, 'onOutage'>>,
): Promise<T | undefined> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!isOutage(error)) throw error;
      if (tries === 0) onOutage(error);
      await sleep(outagePauses[tries] ?? outagePauses.at(-1) ?? pause, signal);
    }
  }
  return undefined;
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {});
}

function isOutage(error: unknown): error is DocketError {
  return (
    error instanceof DocketError && (error.code === 'unreachable' || error.code === 'contention')
  );
}
