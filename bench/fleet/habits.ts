/** What a session does to its list. */
export type Deed = 'prompt' | 'heartbeat' | 'claim' | 'note' | 'close' | 'create';

/**
 * How often a session at work does each, an hour: a prompt every two minutes, the heartbeat that goes
 * with each minute of work, and a task in a quarter of an hour, with two notes and one task that is
 * left for later. docs/scale.md reckons with the same figures.
 */
export const habits: Readonly<Record<Deed, number>> = {
  prompt: 30,
  heartbeat: 60,
  claim: 4,
  note: 8,
  close: 4,
  create: 4,
};

export const deeds = Object.keys(habits) as readonly Deed[];

/** Gives how often a fleet does something, a second. */
export function rateOf(deed: Deed, sessions: number): number {
  return (habits[deed] * sessions) / 3_600;
}

/** A deed and when it is due, in milliseconds from the start. */
export interface Due {
  readonly at: number;
  readonly deed: Deed;
}

/**
 * Draws when a fleet does what: each deed as often as its rate says and at random times, as sessions
 * do not know of each other. It is drawn beforehand, so that a database that is slow is not asked
 * less.
 */
export function drawDues(
  sessions: number,
  seconds: number,
  random: () => number = Math.random,
): readonly Due[] {
  return deeds
    .flatMap((deed) => {
      const length = Math.round(rateOf(deed, sessions) * seconds);
      return Array.from({ length }, (): Due => ({ at: random() * seconds * 1_000, deed }));
    })
    .sort((a, b) => a.at - b.at);
}
