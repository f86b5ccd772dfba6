import { type Group, runsOf } from './group.ts';
import { bareNode, hookCommand, requireDenial } from './hook-command.ts';
import { measurePairs, ratioOf } from './paired.ts';
import type { Person } from './person.ts';
import type { Command } from './whole-process.ts';

/** The hook that refuses a built-in task tool. */
export const deny: Group = {
  name: 'deny',
  async measure(world, options) {
    const person = await world.onSqlite(10_000);
    const pairs = measurePairs({
      subject: () => denyCommand(person),
      reference: () => bareNode(denyCommand(person)),
      runs: runsOf(options),
      check: requireDenial,
    });
    return [ratioOf({ name: 'deny hook', target: 1.1 }, pairs)];
  },
};

function denyCommand(person: Person): Command {
  const input = {
    hook_event_name: 'PreToolUse',
    tool_name: 'TaskCreate',
    tool_input: { subject: "Mend the import's tests", description: 'They fail since Monday.' },
  };
  return hookCommand(person, 'pre-tool-use', { session: 'deny', input });
}
