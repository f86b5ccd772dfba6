import { reopen } from '../../lib/operations/reopen.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readKeys, someKeys } from '../flags/shared.ts';

export const command = operationCommand({
  operation: reopen,
  usage: 'KEY ...',
  args: someKeys,
  flags: {},
  examples: ['docket reopen web-k3f9', 'docket reopen web-k3f9 web-9zk2'],
  input: ({ args }) => readKeys(args),
  text: (answer) => renderTaskAnswer('Reopened', answer),
});
