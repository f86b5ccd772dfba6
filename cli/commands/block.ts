import { block } from '../../lib/operations/block.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag } from '../flags/shared.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: block,
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
  input: async ({ args: [task = '', argument], flags: { reason, force }, io }) => ({
    task,
    reason: await readTextOrStdin(reason ?? argument, { io, what: 'reason' }),
    force,
  }),
  words: { fields: { reason: 'reason' } },
  text: (answer) => renderTaskAnswer('Blocked', answer),
});
