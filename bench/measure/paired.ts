import type { Measurement, Pair, Target } from './measurement.ts';
import { withSpread } from './measurement.ts';
import { median, spreadOf } from './statistics.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Command } from './whole-process.ts';

export interface Pairing {
  /** A fresh command for every run, since a hook answers otherwise when it is asked again. */
  readonly subject: (run: number) => Command;
  readonly reference: (run: number) => Command;
  readonly runs: number;
  /** Done before each run of the subject, and not measured. */
  readonly prepare?: () => void;
  /** Looks at each output of the subject: a fast wrong answer is no measurement. */
  readonly check?: (stdout: string) => void;
}

/** Pairs that are run first, and not counted. */
export const warmUps = 3;

/**
 * Times two commands alternately, and which of the two is first alternates as well: whatever else
 * the machine does meets both.
 */
export async function measurePairs({ one }: Stopwatch, pairing: Pairing): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let run = -warmUps; run < pairing.runs; run += 1) {
    const subjectFirst = run % 2 === 0;
    const early = subjectFirst ? undefined : await one(pairing.reference(run));
    pairing.prepare?.();
    const subject = await one(pairing.subject(run));
    pairing.check?.(subject.outputs.join());
    const reference = early ?? (await one(pairing.reference(run)));
    if (run < 0) continue;
    pairs.push({ subject: subject.milliseconds, reference: reference.milliseconds });
  }
  return pairs;
}

/** The ratio of each pair, summed up. */
export function ratioOf(target: Target, pairs: readonly Pair[]): Measurement {
  const subject = median(pairs.map((pair) => pair.subject));
  const reference = median(pairs.map((pair) => pair.reference));
  return {
    ...target,
    unit: 'x',
    ...withSpread(spreadOf(pairs.map((pair) => pair.subject / pair.reference))),
    detail: `${subject.toFixed(1)} ms against ${reference.toFixed(1)} ms, n = ${pairs.length}`,
  };
}
