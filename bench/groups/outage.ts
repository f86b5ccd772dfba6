import { resetBreaker, tripBreaker } from '../../lib/state/breaker.ts';
import { markOutageNotified } from '../../lib/state/outage-mark.ts';
import { measurePairs, ratioOf } from '../measure/paired.ts';
import {
  bareNode,
  promptCommand,
  requireFreshList,
  requireOldList,
} from '../world/hook-command.ts';
import { workspace } from '../world/installed-user.ts';
import { type Group, runsOf } from './group.ts';
import { serverTasks } from './prompt-server.ts';

/**
 * Measures the hook of a prompt while the server is away: when it finds that out, and when the
 * prompt before has.
 */
export const outage: Group = {
  name: 'outage',
  async measure(machine, options) {
    const person = await machine.onServer('mariadb', serverTasks);
    const { server } = await machine.servers.get('mariadb');
    const before = await machine.stopwatch.one(promptCommand(person, 'before'));
    requireFreshList(before.outputs.join());
    const list = { database: person.database, workspace: workspace.id };
    const clearBreaker = () => resetBreaker(person.state, list);
    const pairing = {
      measured: (run: number) => promptCommand(person, `outage-${run}`),
      reference: (run: number) => bareNode(promptCommand(person, `bare-${run}`)),
      runs: runsOf(options),
      check: requireOldList,
    };
    await server.halt();
    try {
      const refused = await measurePairs(machine.stopwatch, { ...pairing, prepare: clearBreaker });
      const open = await measurePairs(machine.stopwatch, {
        ...pairing,
        measured: (run) => {
          // The prompt before has told the person.
          markOutageNotified(person.state, `open-${run}`);
          return promptCommand(person, `open-${run}`);
        },
        prepare: () => tripBreaker(person.state, list, { now: Date.now(), reason: 'refused' }),
      });
      return [
        ratioOf({ name: 'prompt hook, connection refused', target: 1.6 }, refused),
        ratioOf({ name: 'prompt hook, breaker open', target: 1.3 }, open),
      ];
    } finally {
      clearBreaker();
      await server.resume();
    }
  },
};
