// Without zod: what completes a task makes its work item, and hooks share that code.

interface Rounding {
  /** Rounds minutes, also parts of them, to a multiple of a step, which is at least 1. */
  round(minutes: number, step: number): number;
  /** Stand before the step: `rounded up to 15 min`. */
  readonly words: string;
}

/** The rules for rounding a client's minutes. A rule that is not complete does not compile. */
export const roundings = {
  /** Seconds begin no step, but for the first. */
  up: {
    round: (minutes, step) =>
      minutes <= 0 ? 0 : Math.ceil(Math.max(1, Math.round(minutes)) / step) * step,
    words: 'rounded up to',
  },
  /** Rounds half a step up. */
  nearest: {
    round: (minutes, step) => Math.floor(minutes / step + 0.5) * step,
    words: 'rounded to the nearest',
  },
} as const satisfies Readonly<Record<string, Rounding>>;

export type RoundingMode = keyof typeof roundings;

export const roundingModes = Object.keys(roundings) as readonly RoundingMode[];

/** The mode of a client for whom nobody chose one. */
export const defaultRounding: RoundingMode = 'up';
