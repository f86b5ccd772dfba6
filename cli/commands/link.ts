import { link } from '../../lib/operations/link.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { linkFlags, readLinkType, renderLink } from '../flags/link.ts';

export const command = operationCommand({
  operation: link,
  usage: 'CHILD PARENT [--type TYPE]',
  args: { min: 2, max: 2 },
  flags: linkFlags,
  examples: [
    'docket link web-9zk2 web-k3f9        # web-9zk2 needs web-k3f9',
    'docket link web-9zk2 web-k3f9 --type related',
  ],
  input: ({ args: [task = '', target = ''], flags }) => ({
    task,
    target,
    type: readLinkType(flags),
  }),
  text(answer, { args: [, target = ''], flags }) {
    const line = renderLink(answer.task.key, readLinkType(flags), target);
    return `${renderTaskAnswer('Linked', answer)}\n${line}`;
  },
});
