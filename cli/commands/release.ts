import { release } from '../../lib/operations/release.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { forceFlag, readKeys, someKeys } from '../flags/shared.ts';

export const command = operationCommand({
  operation: release,
  usage: 'KEY ...',
  args: someKeys,
  flags: forceFlag,
  examples: ['docket release web-k3f9', 'docket release web-k3f9 web-9zk2'],
  input: ({ args, flags: { force } }) => ({ ...readKeys(args), force }),
  text: (answer) => renderTaskAnswer('Released', answer),
});
