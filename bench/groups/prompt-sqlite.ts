import type { Measurement } from '../measure/measurement.ts';
import { measurePairs, ratioOf } from '../measure/paired.ts';
import type { Options } from '../options.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import { bareNode, promptCommand, requireFreshList } from '../world/hook-command.ts';
import { type Group, runsOf } from './group.ts';

/** Measures the hook of every prompt on a SQLite file, for a hundred tasks and for a million. */
export const promptSqlite: Group = {
  name: 'prompt-sqlite',
  async measure(machine, options) {
    const sizes = options.quick ? [100, 10_000] : [100, 10_000, 100_000, 1_000_000];
    const measurements: Measurement[] = [];
    for (const tasks of sizes) measurements.push(await measureSize(machine, options, tasks));
    measurements.push(await measureGrowth(machine, options, [sizes[0] ?? 0, sizes.at(-1) ?? 0]));
    return measurements;
  },
};

async function measureSize(
  machine: BenchMachine,
  options: Options,
  tasks: number,
): Promise<Measurement> {
  const person = await machine.onSqlite(tasks);
  const pairs = await measurePairs(machine.stopwatch, {
    measured: (run) => promptCommand(person, `prompt-${run}`),
    reference: (run) => bareNode(promptCommand(person, `bare-${run}`)),
    runs: runsOf(options),
    check: requireFreshList,
  });
  return ratioOf({ name: `prompt hook, SQLite, ${count(tasks)} tasks`, target: 1.2 }, pairs);
}

/** Measures the largest list against the smallest: the hook's time must not grow. */
async function measureGrowth(
  machine: BenchMachine,
  options: Options,
  [few, many]: readonly [number, number],
): Promise<Measurement> {
  const [small, large] = [await machine.onSqlite(few), await machine.onSqlite(many)];
  const pairs = await measurePairs(machine.stopwatch, {
    measured: (run) => promptCommand(large, `growth-${run}`),
    reference: (run) => promptCommand(small, `growth-${run}`),
    runs: runsOf(options),
    check: requireFreshList,
  });
  const name = `prompt hook, SQLite, ${count(many)} tasks against ${count(few)}`;
  return ratioOf({ name, target: 1.05 }, pairs);
}

function count(tasks: number): string {
  return tasks.toLocaleString('en');
}
