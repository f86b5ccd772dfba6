import { reopen } from '../../lib/operations/reopen.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';

export const command = operationCommand({
  operation: reopen,
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket reopen web-k3f9'],
  input: ({ args: [task = ''] }) => ({ task }),
  text: (answer) => renderTaskAnswer('Reopened', answer),
});
