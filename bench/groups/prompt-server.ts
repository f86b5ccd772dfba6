import { measurePairs, ratioOf } from '../measure/paired.ts';
import { bareNode, promptCommand, requireFreshList } from '../world/hook-command.ts';
import { type EngineName, serverNames } from '../world/servers.ts';
import { type Group, runsOf } from './group.ts';

export const serverTasks = 10_000;

/** Measures the hook of every prompt over TCP, logged in with a password. */
export function promptServer(engine: EngineName): Group {
  return {
    name: `prompt-${engine}`,
    async measure(machine, options) {
      const person = await machine.onServer(engine, serverTasks);
      const pairs = await measurePairs(machine.stopwatch, {
        measured: (run) => promptCommand(person, `prompt-${run}`),
        reference: (run) => bareNode(promptCommand(person, `bare-${run}`)),
        runs: runsOf(options),
        check: requireFreshList,
      });
      const name = `prompt hook, ${serverNames[engine]}, 10,000 tasks`;
      return [ratioOf({ name, target: 2 }, pairs)];
    },
  };
}
