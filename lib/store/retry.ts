import { busyBudget, type RetryBudget } from '../model/waiting.ts';
import { StoreError } from './errors.ts';

export interface RetryOptions {
  readonly budget: RetryBudget;
  /** Whether this error is worth another attempt. Asked once for each error. */
  readonly isPassing: (error: unknown) => boolean;
  /** Called before each pause. */
  readonly onRetry?: ((error: unknown) => void) | undefined;
  /** Milliseconds. */
  readonly clock?: () => number;
}

/**
 * Runs `work` until it succeeds, fails for a reason that does not pass, or has used its budget up;
 * then the last error is thrown. Pauses grow and are random, so that losers do not meet again.
 */
export async function retry<T>(
  work: (attempt: number) => Promise<T>,
  { budget, isPassing, onRetry, clock = uptime }: RetryOptions,
): Promise<T> {
  const start = clock();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      const isUsedUp = attempt >= budget.attempts || clock() - start >= budget.time;
      if (!isPassing(error) || isUsedUp) throw error;
      onRetry?.(error);
    }
    const longest = Math.min(budget.longestPause, budget.firstPause * 2 ** (attempt - 1));
    await pause(Math.random() * longest);
  }
}

/**
 * Runs what may lose against other writers until it does not.
 *
 * @throws StoreError `contention` when it has lost for too long.
 */
export async function retryBusy<T>(
  work: () => Promise<T>,
  { isPassing = isLostRace, clock }: Partial<Pick<RetryOptions, 'isPassing' | 'clock'>> = {},
): Promise<T> {
  try {
    return await retry(work, { budget: busyBudget, isPassing, ...(clock && { clock }) });
  } catch (error) {
    if (!isLostRace(error)) throw error;
    throw new StoreError('contention', 'other writers kept the database busy', { cause: error });
  }
}

/** Whether another writer was faster, so that the same work may succeed when it is run again. */
export function isLostRace(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'conflict' || error.code === 'duplicate');
}

/** Milliseconds; like `performance.now`, which takes a command 0.7 ms to load. */
function uptime(): number {
  return process.uptime() * 1000;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
