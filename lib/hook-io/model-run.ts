declare const keepCompiled: (() => void) | undefined;

/**
 * Says that this run did what most runs do: its bundle's loader then keeps the code that V8
 * compiled for it, which the next process need not compile again. Outside a bundle, nothing.
 */
export function beModelRun(): void {
  if (typeof keepCompiled === 'function') keepCompiled();
}
