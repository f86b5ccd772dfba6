import { unblock } from '../../lib/operations/unblock.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag, readKeys, someKeys } from '../flags/shared.ts';
import { readOptionalText } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: unblock,
  usage: 'KEY ... [--resolution TEXT]',
  args: someKeys,
  flags: {
    resolution: {
      type: 'string',
      value: 'TEXT',
      description: 'how it was settled, for whoever goes on; - for stdin',
    },
    ...forceFlag,
  },
  examples: [
    'docket unblock web-k3f9',
    "docket unblock web-k3f9 --resolution 'The vendor sent the key; it is in the vault'",
    'docket unblock web-k3f9 web-9zk2',
  ],
  input: async ({ args, flags: { resolution, force }, io }) => ({
    ...readKeys(args),
    resolution: await readOptionalText(resolution, io),
    force,
  }),
  words: { fields: { resolution: '--resolution' } },
  text: (answer) => renderTaskAnswer('Unblocked', answer),
});
