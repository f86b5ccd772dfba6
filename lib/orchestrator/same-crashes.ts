/** Steps that crash alike before nobody takes it for a failure of each. */
const several = 3;

/** Milliseconds: an agent that has worked for longer was not kept from starting. */
const soon = 30_000;

/**
 * Notices when step after step crashes at once with the same words, and nothing gets through: that
 * says nothing of the tasks, whatever it is.
 */
export class SameCrashes {
  readonly #keys = new Map<string, Set<string>>();

  /**
   * Notes that the agent of a task has crashed.
   *
   * @param durationMs how long it ran.
   * @returns whether those of several tasks have crashed so.
   */
  note(key: string, message: string, durationMs: number): boolean {
    if (durationMs > soon) return false;
    // Names of requests and times differ.
    const words = message.replace(/\breq_\w+|\d+/g, '#');
    const keys = this.#keys.get(words) ?? new Set();
    this.#keys.set(words, keys.add(key));
    return keys.size >= several;
  }

  /** Notes that an agent got through. */
  pass(): void {
    this.#keys.clear();
  }
}
