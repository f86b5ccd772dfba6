/** How long is waited for a receiver, and how often an event is tried. */
export interface Patience {
  /** Milliseconds of the first pause; each is twice the one before. */
  readonly first: number;
  readonly longest: number;
  /** The longest that a receiver may ask for. */
  readonly longestAsked: number;
  /** The attempts after which an event is given up that the receiver refuses. */
  readonly refused: number;
  /** The same where the receiver fails at it, or does not answer. */
  readonly failed: number;
}

const minute = 60_000;

/** Refused for ten minutes, failed for two hours. An event that nobody could take waits for ever. */
export const usualPatience: Patience = {
  first: 5_000,
  longest: 5 * minute,
  longestAsked: 60 * minute,
  refused: 8,
  failed: 30,
};

/**
 * Gives the milliseconds until the next attempt. Between half of a pause and the whole is chance, so
 * that many senders do not come back at once; what the receiver asks for comes on top.
 *
 * @param tries the attempts so far, from 1
 * @param random from 0 to 1
 */
export function pauseAfter(
  {
    tries,
    asked,
    random,
  }: { readonly tries: number; readonly asked: number; readonly random: number },
  { first, longest, longestAsked }: Patience,
): number {
  const pause = Math.min(longest, first * 2 ** Math.min(tries - 1, 30));
  return Math.min(asked, longestAsked) + pause * (0.5 + random / 2);
}
