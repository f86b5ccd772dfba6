import { unlink } from '../../lib/operations/unlink.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { linkFlags, readLinkType } from '../flags/link.ts';

export const command = operationCommand({
  operation: unlink,
  usage: 'CHILD PARENT [--type TYPE]',
  args: { min: 2, max: 2 },
  flags: linkFlags,
  examples: ['docket unlink web-9zk2 web-k3f9'],
  input: ({ args: [task = '', target = ''], flags }) => ({
    task,
    target,
    type: readLinkType(flags),
  }),
  text: (answer) => renderTaskAnswer('Unlinked', answer),
});
