import type { Measurement, Pair, Target } from './measurement.ts';
import { withSpread } from './measurement.ts';
import { median, spreadOf } from './statistics.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Command } from './whole-process.ts';

export interface Pairing {
  /** Makes a fresh command for every run, since a hook answers otherwise when it is asked again. */
  readonly measured: (run: number) => Command;
  readonly reference: (run: number) => Command;
  readonly runs: number;
  /** Runs before each run of the measured command, and is not measured. */
  readonly prepare?: () => void;
  /** Checks each output of the measured command: a fast wrong answer is no measurement. */
  readonly check?: (stdout: string) => void;
}

/** The number of pairs that are run first, and not counted. */
export const warmUps = 3;

/**
 * Times two commands alternately, and which of the two is first alternates as well, so that other
 * work of the machine meets both.
 */
export async function measurePairs({ one }: Stopwatch, pairing: Pairing): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let run = -warmUps; run < pairing.runs; run += 1) {
    const measuredFirst = run % 2 === 0;
    const early = measuredFirst ? undefined : await one(pairing.reference(run));
    pairing.prepare?.();
    const measured = await one(pairing.measured(run));
    pairing.check?.(measured.outputs.join());
    const reference = early ?? (await one(pairing.reference(run)));
    if (run < 0) continue;
    pairs.push({ measured: measured.milliseconds, reference: reference.milliseconds });
  }
  return pairs;
}

/** Sums up the ratios of pairs. */
export function ratioOf(target: Target, pairs: readonly Pair[]): Measurement {
  const measured = median(pairs.map((pair) => pair.measured));
  const reference = median(pairs.map((pair) => pair.reference));
  return {
    ...target,
    unit: 'x',
    ...withSpread(spreadOf(pairs.map((pair) => pair.measured / pair.reference))),
    detail: `${measured.toFixed(1)} ms against ${reference.toFixed(1)} ms, n = ${pairs.length}`,
  };
}
