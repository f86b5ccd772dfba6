import { cancel } from '../../lib/operations/cancel.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag, readKeys, someKeys } from '../flags/shared.ts';
import { readOptionalText } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: cancel,
  usage: 'KEY ... [--reason TEXT]',
  args: someKeys,
  flags: {
    reason: {
      type: 'string',
      value: 'TEXT',
      description: 'why it is not wanted any more; - for stdin',
    },
    'cancel-open': { type: 'boolean', description: 'with its open subtasks' },
    ...forceFlag,
  },
  examples: [
    "docket cancel web-k3f9 --reason 'Solved by the new release'",
    'docket cancel web-k3f9 web-9zk2',
    'docket cancel web-k3f9 --cancel-open',
  ],
  input: async ({ args, flags, io }) => ({
    ...readKeys(args),
    reason: await readOptionalText(flags.reason, io),
    cancel_open: flags['cancel-open'],
    force: flags.force,
  }),
  words: { fields: { reason: '--reason' } },
  text: (answer) =>
    renderTaskAnswer(
      ({ status }) =>
        status === 'cancelled'
          ? 'Cancelled'
          : 'Completed with what was done; the rest is cancelled:',
      answer,
    ),
});
