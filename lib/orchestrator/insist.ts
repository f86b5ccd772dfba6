import { DocketError } from '../model/errors.ts';
import type { OnProgress } from '../model/progress.ts';

/** Milliseconds between two tries, growing; in all some ten minutes. */
const pauses = [250, 500, 1_000, 2_000, 5_000, ...Array.from({ length: 40 }, () => 15_000)];

/**
 * Writes what must not be lost, an agent's report, also through an outage of the database.
 *
 * @throws DocketError the last one, when the database stays away.
 */
export async function insist<T>(
  write: () => Promise<T>,
  { what, onProgress }: { readonly what: string; readonly onProgress: OnProgress },
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await write();
    } catch (error) {
      if (!isPassing(error)) throw error;
      onProgress({ kind: 'retrying', what, reason: error.message });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return write();
}

function isPassing(error: unknown): error is DocketError {
  return (
    error instanceof DocketError && (error.code === 'unreachable' || error.code === 'contention')
  );
}
