import { ready } from '../../lib/operations/ready.ts';
import { renderTaskList } from '../../lib/render/task/list.ts';
import { operationCommand } from '../command/operation-command.ts';
import { withLimit } from '../flags/given.ts';
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
      empty: {
        text: 'Nothing is ready.',
        hint: 'docket list for what is in progress, blocked or waiting',
      },
      more: withLimit('docket ready', answer.total),
    }),
});
