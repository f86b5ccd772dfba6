import { StoreError } from './errors.ts';

const attempts = 40;
const longestPause = 250;

/**
 * After so many milliseconds nobody waits any longer: each attempt may itself wait for a lock. Of 64
 * that write to Dolt at once the last one's turn came after 20 s (measured).
 */
const patience = 60_000;

/**
 * Runs `work` until it succeeds, fails for another reason than losing against other writers, or
 * has been tried for long enough. Pauses grow and are random, so that losers do not meet again.
 *
 * @throws StoreError `contention`
 */
export async function retryConflicts<T>(
  work: () => Promise<T>,
  clock: () => number = uptime,
): Promise<T> {
  const start = clock();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLostRace(error)) throw error;
      if (attempt >= attempts || clock() - start >= patience) {
        throw new StoreError('contention', 'other writers kept the database busy', {
          cause: error,
        });
      }
      await pause(Math.random() * Math.min(longestPause, 5 * 2 ** attempt));
    }
  }
}

/** Milliseconds; like `performance.now`, which takes a command 0.7 ms to load. */
function uptime(): number {
  return process.uptime() * 1000;
}

function isLostRace(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'conflict' || error.code === 'duplicate');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
