import { createInterface } from 'node:readline';
import { makeSession, type Place } from './session-deeds.ts';
import { Fleet, type FleetReport } from './simulate.ts';

/** The first line of the process's stdin. */
export type FleetPlace = Place;

/** Each line after it: a stage. */
export type FleetOrder =
  /** Sessions that begin, by their numbers; so many claim at once. */
  | { readonly grow: readonly number[]; readonly atOnce: number }
  /** Lets the sessions work at the rate of so many, for some seconds. */
  | { readonly work: number; readonly seconds: number };

/** The answer to an order. */
export interface FleetAnswer {
  readonly report: FleetReport;
  /** Milliseconds of processor time that this process took for it. */
  readonly cpu: number;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const place: FleetPlace = JSON.parse((await lines.next()).value ?? '');
const fleet = new Fleet();
for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const order: FleetOrder = JSON.parse(line.value);
  const before = process.cpuUsage();
  const report =
    'grow' in order
      ? await fleet.grow(
          order.grow.map((number) => makeSession(place, number)),
          order.atOnce,
        )
      : await fleet.work(order.work, order.seconds);
  const { user, system } = process.cpuUsage(before);
  const answer: FleetAnswer = { report, cpu: (user + system) / 1_000 };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
