import { unblock } from '../../lib/operations/unblock.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag } from '../flags/shared.ts';

export const command = operationCommand({
  operation: unblock,
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: forceFlag,
  examples: ['docket unblock web-k3f9'],
  input: ({ args: [task = ''], flags: { force } }) => ({ task, force }),
  text: (answer) => renderTaskAnswer('Unblocked', answer),
});
