const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs a synchronous clean-up when this process ends, a signal included: Node says `exit` on its
 * own end only, and vitest ends its workers by signals. Returns what takes it back.
 */
export function atExit(cleanUp: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    takeBack();
    cleanUp();
    // Whoever else listens decides what the signal means; otherwise it ends the process.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const takeBack = (): void => {
    process.off('exit', cleanUp);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on('exit', cleanUp);
  for (const signal of signals) process.on(signal, onSignal);
  return takeBack;
}
