/** The reason that ends an attempt before the agent does. */
export type LimitReason = 'timed_out' | 'cancelled';

export interface RunLimit {
  readonly signal: AbortSignal;
  /** Gives the reason; undefined while the attempt may go on. */
  readonly reason: () => LimitReason | undefined;
  /** Must be called when the attempt is over: a timer keeps the process alive. */
  readonly clear: () => void;
}

/** The longest time that `setTimeout` can wait for; a longer one would be over at once. */
const longestWait = 2 ** 31 - 1;

/** Joins the caller's cancellation and the time limit; the first of the two is the reason. */
export function startRunLimit(cancellation: AbortSignal, timeoutMs: number): RunLimit {
  const controller = new AbortController();
  let reason: LimitReason | undefined;
  const end = (why: LimitReason) => {
    reason ??= why;
    controller.abort();
  };
  const cancel = () => end('cancelled');
  const timer = setTimeout(() => end('timed_out'), Math.min(timeoutMs, longestWait));
  if (cancellation.aborted) cancel();
  else cancellation.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    reason: () => reason,
    clear: () => {
      clearTimeout(timer);
      cancellation.removeEventListener('abort', cancel);
    },
  };
}

/** Says to people why an attempt was ended. */
export function describeLimit(reason: LimitReason, timeoutMs: number): string {
  if (reason === 'cancelled') return 'cancelled';
  return `did not end within ${Math.round(timeoutMs / 1_000)} s`;
}
