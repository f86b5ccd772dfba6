import { measurePairs, ratioOf } from '../measure/paired.ts';
import { bareNode, denyCommand, requireDenial } from '../world/hook-command.ts';
import { type Group, runsOf } from './group.ts';

/** Measures the hook that refuses a built-in task tool. */
export const deny: Group = {
  name: 'deny',
  async measure(machine, options) {
    const person = await machine.onSqlite(10_000);
    const pairs = await measurePairs(machine.stopwatch, {
      measured: () => denyCommand(person),
      reference: () => bareNode(denyCommand(person)),
      runs: runsOf(options),
      check: requireDenial,
    });
    return [ratioOf({ name: 'deny hook', target: 1.1 }, pairs)];
  },
};
