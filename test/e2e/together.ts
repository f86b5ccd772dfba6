/**
 * `Promise.all` that waits for the others before it fails: what went on after the end of a phase
 * would start sessions in a world that is gone.
 */
export async function together<T>(works: readonly Promise<T>[]): Promise<readonly T[]> {
  const results = await Promise.allSettled(works);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
