import { show } from '../../lib/operations/show.ts';
import { renderTaskDetail } from '../../lib/render/task/detail.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readKeys, someKeys } from '../flags/shared.ts';

export const command = operationCommand({
  operation: show,
  usage: 'KEY ...',
  args: someKeys,
  flags: {},
  examples: ['docket show web-k3f9', 'docket show k3 9z --json'],
  input: ({ args }) => readKeys(args),
  text(answer, { session, io }) {
    const details = 'details' in answer ? answer.details : [answer];
    const reader = { session, style: io.style };
    return details.map((detail) => renderTaskDetail(detail, reader)).join('\n\n');
  },
});
