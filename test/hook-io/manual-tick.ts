import type { Tick } from '../../lib/hook-io/deadline.ts';

/** A tick that comes when the test says so. */
export interface ManualTick {
  readonly tick: Tick;
  /** Lets this many ticks pass, each after everything that is ready has run. */
  pass(count: number): Promise<void>;
  /** How many were waited for in all. */
  readonly asked: number;
}

export function createTick(): ManualTick {
  const waiting: (() => void)[] = [];
  let asked = 0;
  return {
    tick: (callback) => {
      asked += 1;
      waiting.push(callback);
    },
    pass: async (count) => {
      for (let passed = 0; passed < count; passed += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        waiting.shift()?.();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
    get asked() {
      return asked;
    },
  };
}
