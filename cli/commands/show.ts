import { show } from '../../lib/operations/show.ts';
import { renderTaskDetail } from '../../lib/render/task/detail.ts';
import { operationCommand } from '../command/operation-command.ts';

export const command = operationCommand({
  operation: show,
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket show web-k3f9', 'docket show k3 --json'],
  input: ({ args: [task = ''] }) => ({ task }),
  text: (answer, { session, io }) => renderTaskDetail(answer, { session, style: io.style }),
});
