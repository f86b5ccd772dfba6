import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { FleetAnswer, FleetOrder, FleetPlace } from './fleet-process.ts';
import { joinReports } from './join-reports.ts';

/** A fleet that lives in a few processes. */
export interface FleetProcesses {
  /** Lets sessions begin until there are so many. */
  growTo(sessions: number): Promise<FleetAnswer>;
  /** Lets them work, so many times faster than real ones. */
  work(seconds: number, pace: number): Promise<FleetAnswer>;
  stop(): void;
}

/** The claims of all processes together that are under way at once while a fleet grows. */
const claimsAtOnce = 16;

/** Starts processes from a bundle of fleet-process.ts. */
export function startFleet(file: string, place: FleetPlace, processes: number): FleetProcesses {
  const members = Array.from({ length: processes }, () => startMember(file, place));
  let begun = 0;

  async function askAll(orderOf: (member: number) => FleetOrder): Promise<FleetAnswer> {
    const answers = await Promise.all(members.map((member, index) => member.ask(orderOf(index))));
    return {
      report: joinReports(answers.map(({ report }) => report)),
      cpu: answers.reduce((sum, { cpu }) => sum + cpu, 0),
    };
  }

  return {
    growTo: async (sessions) => {
      const numbers = Array.from({ length: sessions - begun }, (_, index) => begun + index);
      begun = sessions;
      return askAll((member) => ({
        grow: numbers.filter((number) => number % processes === member),
        atOnce: claimsAtOnce / processes,
      }));
    },
    work: (seconds, pace) => askAll(() => ({ work: (begun * pace) / processes, seconds })),
    stop: () => {
      for (const member of members) member.stop();
    },
  };
}

function startMember(file: string, place: FleetPlace) {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(place)}\n`);
  return {
    ask: async (order: FleetOrder): Promise<FleetAnswer> => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('a process of the fleet ended');
      return JSON.parse(line.value);
    },
    stop: () => {
      child.stdin.end();
    },
  };
}
