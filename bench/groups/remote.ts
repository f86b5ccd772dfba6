import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { needsLogin } from '../../lib/model/connection.ts';
import { type ServerProxy, startProxy } from '../../test/engines/server-proxy.ts';
import { type Docket, type Verb, verbs } from '../../test/flights/verbs.ts';
import type { Measurement } from '../measure/measurement.ts';
import { median } from '../measure/statistics.ts';
import type { Command } from '../measure/whole-process.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import { type InstalledUser, makeInstalledUser } from '../world/installed-user.ts';
import { type EngineName, serverNames } from '../world/servers.ts';
import type { Group } from './group.ts';

/** Milliseconds of each direction: a round trip takes 50. */
const oneWay = 25;

/** The size of a list in use; a verb's cost does not grow with it. */
const listTasks = 200;

/**
 * Milliseconds that a command may take. bd 1.3.0 takes 1.8 s to list and 4.9 s to claim over the
 * same link: reading verbs shall take a fifth of that, writing ones a tenth. Plans follow from
 * their budget of flights.
 */
const targets: Readonly<Record<Verb['kind'], number>> = {
  look: 360,
  write: 490,
  'plan of 10': 700,
  'plan of 100': 900,
};

/** Measures every verb of a person far from the server: whole processes, with their flights. */
export function remote(engine: EngineName): Group {
  return {
    name: `remote-${engine}`,
    async measure(machine, { quick }) {
      const { server } = await machine.servers.get(engine);
      const proxy = await startProxy(server.port);
      try {
        const person = await farFrom(machine, engine, proxy);
        const measurements: Measurement[] = [];
        for (const verb of verbs) {
          const runs: Run[] = [];
          for (let run = 0; run < (quick ? 1 : 3); run += 1) {
            runs.push(await runVerb(verb, { machine, person, proxy }));
          }
          measurements.push({
            name: `docket ${verb.name}, ${serverNames[engine]}, 50 ms away`,
            unit: 'ms',
            value: median(runs.map(({ milliseconds }) => milliseconds)),
            target: targets[verb.kind],
            detail: `${Math.max(...runs.map(({ flights }) => flights))} flights`,
          });
        }
        return measurements;
      } finally {
        proxy.close();
      }
    },
  };
}

interface Run {
  readonly milliseconds: number;
  readonly flights: number;
}

async function runVerb(
  { prepare }: Verb,
  { machine, person, proxy }: { machine: BenchMachine; person: InstalledUser; proxy: ServerProxy },
): Promise<Run> {
  const { stopwatch } = machine;
  const docket: Docket = async (...argv) => {
    const { outputs } = await stopwatch.one(commandOf(person, [...argv, '--json']));
    return JSON.parse(outputs.join()).data;
  };
  const argv = await prepare(docket);
  proxy.delay({ toServer: oneWay, toClient: oneWay });
  const { result, flights } = await proxy.countFlights(() =>
    stopwatch.one(commandOf(person, argv)),
  );
  proxy.mend();
  return { milliseconds: result.milliseconds, flights };
}

/**
 * Makes a person who reaches a list of the engine through the proxy, with a password and without
 * TLS.
 */
async function farFrom(
  machine: BenchMachine,
  engine: EngineName,
  { port }: ServerProxy,
): Promise<InstalledUser> {
  const near = await machine.onServer(engine, listTasks);
  if (near.login === undefined || !needsLogin(near.login))
    throw new Error('a server asks for a login');
  const { database } = near.login;
  const url = databaseUrl(parseDatabase(`mysql://127.0.0.1:${port}/${database}`, '/'));
  const home = machine.newHome(`remote-${engine}`);
  return makeInstalledUser(home, machine.dist, { url, login: { ...near.login, port } });
}

function commandOf({ command, project, env }: InstalledUser, args: readonly string[]): Command {
  return {
    file: command,
    args,
    cwd: project,
    env: { ...env, DOCKET_SESSION: 'far-away', DOCKET_ACTOR: 'alice@one' },
    input: '',
  };
}
