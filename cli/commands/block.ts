import { parseInput, Reason } from '../../lib/model/task/input.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { blockTask } from '../../lib/tracker/tasks/block.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { forceFlag } from '../flags/shared.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: 'Put a task aside until something outside the list happens',
  usage: 'KEY --reason TEXT',
  args: { min: 1, max: 2 },
  flags: {
    reason: {
      type: 'string',
      value: 'TEXT',
      description: 'what it waits for; or as a second argument',
    },
    ...forceFlag,
  },
  examples: ["docket block web-k3f9 --reason 'Waiting for the key from the vendor'"],
  async run({ args: [key = '', argument], flags, io }) {
    const text = readTextOrStdin(flags.reason ?? argument, { io, what: 'reason' });
    const reason = parseInput(Reason, text, { what: 'reason' });
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await blockTask(scope, key, { reason, force: flags.force });
      return { data, text: renderTaskAnswer('Blocked', data) };
    });
  },
});
