import { join } from 'node:path';
import type { Connection } from '../../lib/model/connection.ts';
import { findLost } from '../fleet/find-lost.ts';
import type { FleetAnswer } from '../fleet/fleet-process.ts';
import { type FleetProcesses, startFleet } from '../fleet/fleet-processes.ts';
import { joinReports } from '../fleet/join-reports.ts';
import { keptUp, measureStage, type Stage } from '../fleet/stage.ts';
import { bundleProcess } from '../measure/bundle-process.ts';
import type { Measurement } from '../measure/measurement.ts';
import { processorTime } from '../measure/processor-time.ts';
import type { Options } from '../options.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import { isFreshList, promptCommand } from '../world/hook-command.ts';
import { databaseOf, type InstalledUser, workspace } from '../world/installed-user.ts';
import { type EngineName, serverNames } from '../world/servers.ts';
import type { Group } from './group.ts';

/** The sizes of the fleet, until it no longer keeps up, and the seconds that each works. */
const whole = { tasks: 10_000, stages: [1_000, 2_000, 4_000, 8_000], seconds: 30, pace: 1 };
/** A few sessions that do in seconds what others do in many minutes, for the tests. */
const small = { tasks: 400, stages: [60], seconds: 2, pace: 20 };

/** Processes that the sessions live in, as many as the smallest machine has processors. */
const processes = 2;

/** Milliseconds between two prompts of real hooks. */
const sampleEvery = 1_000;

/** Measures a fleet of simulated sessions at work; it changes the list, so it comes last. */
export const fleetSqlite: Group = {
  name: 'fleet-sqlite',
  async measure(machine, options) {
    const person = await machine.onSqlite(sizeOf(options).tasks);
    const connection: Connection = { kind: 'sqlite', path: databaseOf(person.env.HOME) };
    return measureFleet(machine, options, { person, connection, label: 'SQLite' });
  },
};

export function fleetServer(engine: EngineName): Group {
  return {
    name: `fleet-${engine}`,
    async measure(machine, options) {
      const person = await machine.onServer(engine, sizeOf(options).tasks);
      if (person.login === undefined) throw new Error('a server asks for a login');
      const { server } = await machine.servers.get(engine);
      return measureFleet(machine, options, {
        ...{ person, connection: person.login, label: serverNames[engine] },
        serverCpu: () => processorTime(server.pid),
      });
    },
  };
}

function sizeOf({ quick }: Options) {
  return quick ? small : whole;
}

interface World {
  readonly person: InstalledUser;
  readonly connection: Connection;
  readonly label: string;
  readonly serverCpu?: () => number | undefined;
}

async function measureFleet(
  machine: BenchMachine,
  options: Options,
  world: World,
): Promise<readonly Measurement[]> {
  const { person, connection, label } = world;
  const { stages, seconds, pace } = sizeOf(options);
  const file = join(machine.newHome(`fleet-${label}`), 'fleet.mjs');
  await bundleProcess('fleet/fleet-process', file);
  const { project, env } = person;
  const place = { connection, workspaceId: workspace.id, project, env };
  const fleet = startFleet(file, place, processes);
  const measurements: Measurement[] = [];
  const answers: FleetAnswer[] = [];
  let carried = 0;
  try {
    for (const sessions of stages) {
      const grown = await measureGrowth(fleet, world, sessions);
      const stage = await measureWork(machine, fleet, {
        ...{ ...world, sessions, seconds, pace },
      });
      answers.push(grown.answer, stage);
      measurements.push(...grown.measurements, ...measureStage(stage, label));
      if (!keptUp(stage)) break;
      carried = sessions;
    }
  } finally {
    fleet.stop();
  }
  const { acknowledged } = joinReports(answers.map(({ report }) => report));
  const { claimedTwice, lost } = await findLost(connection, workspace.id, acknowledged);
  const { claims, closes, notes, creates } = acknowledged;
  const all = claims.length + closes.length + notes.length + creates.length;
  const wrong = { unit: 'count', target: 0 } as const;
  return [
    ...measurements,
    {
      name: `sessions that kept up, ${label}`,
      ...{ unit: 'count', value: carried },
      detail: `of ${stages.join(', ')}`,
    },
    {
      name: `fleet, ${label}: claimed twice`,
      ...{ ...wrong, value: claimedTwice.length },
      detail: [`of ${claims.length}`, ...claimedTwice.slice(0, 3)].join('; '),
    },
    {
      name: `fleet, ${label}: lost writes`,
      ...{ ...wrong, value: lost.length },
      detail: [`of ${all}`, ...lost.slice(0, 3)].join('; '),
    },
  ];
}

/** Lets sessions begin, which claim as fast as they can: what a claim costs the server. */
async function measureGrowth(
  fleet: FleetProcesses,
  { label, serverCpu }: World,
  sessions: number,
): Promise<{ answer: FleetAnswer; measurements: readonly Measurement[] }> {
  const before = serverCpu?.();
  const answer = await fleet.growTo(sessions);
  const cpu = (serverCpu?.() ?? 0) - (before ?? 0);
  const { took, due } = answer.report.tallies.claim;
  const each = (milliseconds: number) => (milliseconds / Math.max(1, took.length)).toFixed(1);
  const measurement: Measurement = {
    name: `${sessions.toLocaleString('en')} sessions, ${label}: claims while they begin`,
    ...{ unit: '/s', value: took.length / (answer.report.milliseconds / 1_000) },
    detail: `${took.length} of ${due}, 16 at once; processor time of one ${each(cpu)} ms of the server, ${each(answer.cpu)} ms of the session`,
  };
  return { answer, measurements: [measurement] };
}

async function measureWork(
  machine: BenchMachine,
  fleet: FleetProcesses,
  { person, serverCpu, ...size }: World & Pick<Stage, 'sessions' | 'seconds' | 'pace'>,
): Promise<Stage> {
  const before = serverCpu?.();
  let isOver = false;
  const working = fleet.work(size.seconds, size.pace).finally(() => {
    isOver = true;
  });
  const hooks = await sampleHooks(machine, person, () => isOver);
  const answer = await working;
  const after = serverCpu?.();
  const used = before === undefined || after === undefined ? undefined : after - before;
  return { ...answer, ...size, serverCpu: used, hooks };
}

/** Runs the hook of a prompt again and again, as a whole process. */
async function sampleHooks(
  { stopwatch }: BenchMachine,
  person: InstalledUser,
  isOver: () => boolean,
): Promise<Stage['hooks']> {
  const took: number[] = [];
  let missed = 0;
  for (let round = 0; !isOver(); round += 1) {
    const { milliseconds, outputs } = await stopwatch.one(promptCommand(person, `sample-${round}`));
    took.push(milliseconds);
    if (!outputs.every(isFreshList)) missed += 1;
    await new Promise((resolve) => setTimeout(resolve, sampleEvery));
  }
  return { took, missed };
}
