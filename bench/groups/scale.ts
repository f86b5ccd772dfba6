import { equal } from 'node:assert/strict';
import type { Measurement } from '../measure/measurement.ts';
import { measurePairs, ratioOf, warmUps } from '../measure/paired.ts';
import { type Command, runWhole } from '../measure/whole-process.ts';
import type { Options } from '../options.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import type { InstalledUser } from '../world/installed-user.ts';
import { type EngineName, serverNames } from '../world/servers.ts';
import type { Group } from './group.ts';
import { type Line, type ScaleCommand, scaleCommands } from './scale-commands.ts';

/**
 * The most that a command may cost on a list of a year with a hundred times as many tasks, as a
 * ratio.
 */
const target = 3;

/** The larger list has ten events a task: a million. */
const sizes = {
  few: 1_000,
  many: 100_000,
  quick: 10_000,
  onServer: { mariadb: 100_000, dolt: 10_000 },
} as const;

/** Measures every command, whole processes, on a small list and on a large one of the same year. */
export const scaleSqlite: Group = {
  name: 'scale-sqlite',
  measure: (machine, options) =>
    measureAll(machine, options, {
      on: (tasks) => machine.onSqlite(tasks, 'history'),
      where: 'SQLite',
      many: options.quick ? sizes.quick : sizes.many,
    }),
};

/** Measures the same on a server, with as many tasks as it takes in a minute. */
export function scaleServer(engine: EngineName): Group {
  return {
    name: `scale-${engine}`,
    measure: (machine, options) =>
      measureAll(machine, options, {
        on: (tasks) => machine.onServer(engine, tasks, 'history'),
        where: serverNames[engine],
        many: options.quick ? sizes.few * 2 : sizes.onServer[engine],
      }),
  };
}

async function measureAll(
  machine: BenchMachine,
  { quick }: Options,
  {
    on,
    where,
    many,
  }: { on: (tasks: number) => Promise<InstalledUser>; where: string; many: number },
): Promise<readonly Measurement[]> {
  const people = { few: await on(sizes.few), many: await on(many) };
  const against = `${where}, ${count(many)} tasks against ${count(sizes.few)}`;
  const measurements: Measurement[] = [];
  for (const command of scaleCommands) {
    const name = `docket ${command.name}, ${against}`;
    measurements.push(
      await measureScale(machine, command, { ...people, name, runs: quick ? 5 : 15 }),
    );
  }
  return measurements;
}

async function measureScale(
  { stopwatch }: BenchMachine,
  { line, before }: ScaleCommand,
  {
    few,
    many,
    runs,
    name,
  }: { few: InstalledUser; many: InstalledUser; runs: number; name: string },
): Promise<Measurement> {
  const all = runs + warmUps;
  if (before !== undefined) {
    for (let run = 0; run < all; run += 1) {
      for (const person of [few, many]) runWhole(commandOf(person, before(run)));
    }
  }
  const pairs = await measurePairs(stopwatch, {
    measured: (run) => commandOf(many, line(run + warmUps)),
    reference: (run) => commandOf(few, line(run + warmUps)),
    runs,
    check: (stdout) => equal(stdout === '', false, `${name} said nothing`),
  });
  return ratioOf({ name, target }, pairs);
}

/** Gives the command as a session of Claude Code runs it. */
function commandOf({ command, project, env }: InstalledUser, { args, input = '' }: Line): Command {
  const session = { DOCKET_SESSION: 'bench', DOCKET_ACTOR: 'alice@one' };
  return { file: command, args, cwd: project, env: { ...env, ...session }, input };
}

function count(tasks: number): string {
  return tasks.toLocaleString('en');
}
