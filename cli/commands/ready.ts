import { ready } from '../../lib/operations/ready.ts';
import { renderTaskList } from '../../lib/render/task/list.ts';
import { operationCommand } from '../command/operation-command.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = operationCommand({
  operation: ready,
  usage: '[--limit N]',
  args: { min: 0, max: 0 },
  flags: limitFlag,
  examples: ['docket ready', 'docket ready --limit 5 --json'],
  input: ({ flags }) => ({ limit: readLimit(flags) }),
  text: (answer, { session, io }) =>
    renderTaskList(answer, {
      session,
      style: io.style,
      empty: 'Nothing is ready. docket list shows what is in progress, blocked or waiting.',
      more: `docket ready --limit ${answer.total}`,
    }),
});
