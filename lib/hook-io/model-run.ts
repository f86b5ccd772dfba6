declare const keepCompiled: ((run: number) => void) | undefined;

/** Runs that use different code of a bundle, a bit for each kind: the usual one, and an outage. */
const kinds = { usual: 1, away: 2 } as const;

/**
 * Says that this run did what most runs of its kind do: its bundle's loader then keeps the code that
 * V8 compiled for it, which the next process need not compile again. Outside a bundle, nothing.
 */
export function beModelRun(kind: keyof typeof kinds = 'usual'): void {
  if (typeof keepCompiled === 'function') keepCompiled(kinds[kind]);
}
