import { unblock } from '../../lib/operations/unblock.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag, readKeys, someKeys } from '../flags/shared.ts';

export const command = operationCommand({
  operation: unblock,
  usage: 'KEY ...',
  args: someKeys,
  flags: forceFlag,
  examples: ['docket unblock web-k3f9', 'docket unblock web-k3f9 web-9zk2'],
  input: ({ args, flags: { force } }) => ({ ...readKeys(args), force }),
  text: (answer) => renderTaskAnswer('Unblocked', answer),
});
