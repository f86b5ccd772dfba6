import type { Measurement, Pair } from '../measure/measurement.ts';
import { ratioOf } from '../measure/paired.ts';
import type { Options } from '../options.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import { bareNode, isFreshList, promptCommand } from '../world/hook-command.ts';
import type { InstalledUser } from '../world/installed-user.ts';
import { type EngineName, serverNames } from '../world/servers.ts';
import type { Group } from './group.ts';
import { serverTasks } from './prompt-server.ts';

const hookCount = 50;

/** Measures fifty prompts at the same moment against fifty bare Node.js. */
export const burstSqlite: Group = {
  name: 'burst-sqlite',
  measure: async (machine, options) =>
    measureBurst(machine, await machine.onSqlite(10_000), {
      ...options,
      name: 'SQLite',
      target: 1.25,
    }),
};

export function burstServer(engine: EngineName): Group {
  return {
    name: `burst-${engine}`,
    measure: async (machine, options) =>
      measureBurst(machine, await machine.onServer(engine, serverTasks), {
        ...options,
        name: serverNames[engine],
        target: 2.2,
      }),
  };
}

async function measureBurst(
  { stopwatch }: BenchMachine,
  person: InstalledUser,
  { quick, name, target }: Options & { name: string; target: number },
): Promise<readonly Measurement[]> {
  const pairs: Pair[] = [];
  let missing = 0;
  const rounds = quick ? 3 : 15;
  for (let round = -1; round < rounds; round += 1) {
    const hooks = Array.from({ length: hookCount }, (_, index) =>
      promptCommand(person, `burst-${round}-${index}`),
    );
    const hooksFirst = round % 2 === 0;
    const early = hooksFirst ? undefined : await stopwatch.atOnce(hooks.map(bareNode));
    const measured = await stopwatch.atOnce(hooks);
    const reference = early ?? (await stopwatch.atOnce(hooks.map(bareNode)));
    missing += measured.outputs.filter((stdout) => !isFreshList(stdout)).length;
    // The first round warms up.
    if (round < 0) continue;
    pairs.push({ measured: measured.milliseconds, reference: reference.milliseconds });
  }
  return [
    ratioOf({ name: `${hookCount} prompt hooks at once, ${name}`, target }, pairs),
    {
      name: `${hookCount} prompt hooks at once, ${name}: without a fresh list`,
      unit: 'count',
      value: missing,
      target: 0,
      detail: `of ${(rounds + 1) * hookCount}`,
    },
  ];
}
