import type { OnProgress } from '../model/answers/progress.ts';
import { DocketError } from '../model/errors.ts';
import { sleep } from './sleep.ts';

/** Milliseconds between two tries, growing; some ten minutes in all. */
const pauses = [250, 500, 1_000, 2_000, 5_000, ...Array.from({ length: 40 }, () => 15_000)];

/**
 * Reads and writes through an outage of the database: agents at work go on meanwhile, and their
 * reports must not be lost. Progress tells only the first failure.
 *
 * @throws DocketError the last one, when the database stays away.
 */
export async function retryThroughOutage<T>(
  work: () => Promise<T>,
  {
    what,
    onProgress,
    signal,
  }: {
    readonly what: string;
    readonly onProgress: OnProgress;
    /**
     * Stops the tries when it is aborted. Left out where nothing may be lost, however long it
     * takes.
     */
    readonly signal?: AbortSignal;
  },
): Promise<T> {
  let isTold = false;
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || signal?.aborted) throw error;
      if (!isTold) onProgress({ kind: 'retrying', what, reason: error.message });
      isTold = true;
      await sleep(pause, signal);
    }
  }
  return work();
}

function isPassing(error: unknown): error is DocketError {
  return (
    error instanceof DocketError && (error.code === 'unreachable' || error.code === 'contention')
  );
}
