import type { Hindrance } from '../model/run/hindrance.ts';
import { sleep } from './sleep.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Milliseconds of one pause after the other, while no agent gets through; over two hours in all.
 * Claude Code itself has tried for some minutes before each.
 */
const pauses = [0.5, 1, 2, 5, 10, ...Array.from({ length: 8 }, () => 15)].map(
  (minutes) => minutes * minute,
);

/** The longest wait for a limit that is said to end: above the five hours of a plan's window. */
const longestWait = 6 * hour;

/** Milliseconds after the time that was told, as clocks differ. */
const margin = 5 * second;

/** Milliseconds between two looks at the clock: a timer stands still while a laptop sleeps. */
const lookEvery = 10 * second;

/** Holds work back while agents are hindered, whichever task they are at. */
export class Hold {
  #hindrance: Hindrance | undefined;
  #until = 0;
  #used = 0;

  /** What holds work back, or did last without an agent getting through since. */
  get hindrance(): Hindrance | undefined {
    return this.#hindrance;
  }

  /** Whether waiting is no help, or no longer. */
  get isFinal(): boolean {
    return this.#until === Number.POSITIVE_INFINITY;
  }

  /** Whether nothing may be handed out at this time, in milliseconds since 1970. */
  isOn(now: number): boolean {
    return now < this.#until;
  }

  /**
   * Notes that an agent was hindered. Agents at the same time meet the same hindrance, so the pause
   * grows once.
   *
   * @returns the time until which to wait, where that is new.
   */
  hinder(hindrance: Hindrance, now: number): number | undefined {
    const before = this.#until;
    const isOn = this.isOn(now);
    if (!isOn) this.#used += 1;
    this.#hindrance = hindrance;
    this.#until = Math.max(before, this.#endOf(hindrance, { now, isOn }));
    return this.isFinal || this.#until === before ? undefined : this.#until;
  }

  /** Notes that an agent got through, which may have begun before the others were hindered. */
  pass(now: number): void {
    if (this.isOn(now)) return;
    this.#used = 0;
    this.#hindrance = undefined;
  }

  /** Waits until it is over, or the signal is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    for (;;) {
      const left = this.#until - Date.now();
      if (left <= 0 || signal.aborted || this.isFinal) return;
      await sleep(Math.min(left, lookEvery), signal);
    }
  }

  #endOf({ cause, resetsAt }: Hindrance, { now, isOn }: { now: number; isOn: boolean }): number {
    const pause = pauses[this.#used - 1];
    const told = resetsAt === null ? now : Date.parse(resetsAt) + margin;
    const isHopeless = cause === 'access' || cause === 'agents' || told - now > longestWait;
    if (isHopeless || pause === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(told, isOn ? 0 : now + pause);
  }
}
