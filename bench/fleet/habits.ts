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
 * Draws when a fleet does what: each deed at its rate and at random, as sessions do not know of each
 * other. It is drawn beforehand, so that a database that is slow is not asked less.
 */
export function drawDues(
  sessions: number,
  seconds: number,
  random: () => number = Math.random,
): readonly Due[] {
  return deeds
    .flatMap((deed) => drawOne(deed, { rate: rateOf(deed, sessions), seconds, random }))
    .sort((a, b) => a.at - b.at);
}

function drawOne(
  deed: Deed,
  { rate, seconds, random }: { rate: number; seconds: number; random: () => number },
): readonly Due[] {
  const dues: Due[] = [];
  for (let at = 0; ; ) {
    at += (-Math.log(1 - random()) / rate) * 1_000;
    if (at >= seconds * 1_000) return dues;
    dues.push({ at, deed });
  }
}
