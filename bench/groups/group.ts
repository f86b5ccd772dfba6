import type { Measurement } from '../measure/measurement.ts';
import type { Options } from '../options.ts';
import type { BenchMachine } from '../world/bench-machine.ts';

/** Measurements that belong together; `--only` takes a group's name. */
export interface Group {
  readonly name: string;
  measure(machine: BenchMachine, options: Options): Promise<readonly Measurement[]>;
}

/** Gives the number of runs of each pair: 31 tell a ratio to about 3 %. */
export function runsOf({ quick }: Options): number {
  return quick ? 11 : 41;
}
