import { StoreError } from './errors.ts';

const attempts = 40;
const longestPause = 250;

/**
 * Runs `work` until it succeeds, fails for another reason than losing against other writers, or
 * has been tried `attempts` times. Pauses grow and are random, so that losers do not meet again.
 *
 * @throws StoreError `contention`
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLostRace(error)) throw error;
      if (attempt >= attempts) {
        throw new StoreError('contention', 'other writers kept the database busy', {
          cause: error,
        });
      }
      await pause(Math.random() * Math.min(longestPause, 5 * 2 ** attempt));
    }
  }
}

function isLostRace(error: unknown): boolean {
  return error instanceof StoreError && (error.code === 'conflict' || error.code === 'duplicate');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
