/** What a phase found wrong. */
export class PhaseFailure extends Error {
  /** What to do about it, where the phase knows. */
  readonly next: string | undefined;

  constructor(message: string, next?: string) {
    super(message);
    this.name = 'PhaseFailure';
    this.next = next;
  }
}

/** Ends a phase unless something holds. @throws PhaseFailure */
export function must(holds: boolean, message: string, next?: string): asserts holds {
  if (!holds) throw new PhaseFailure(message, next);
}
