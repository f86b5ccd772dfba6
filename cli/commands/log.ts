import { log } from '../../lib/operations/log.ts';
import { renderEvents } from '../../lib/render/task/events.ts';
import { withHint } from '../../lib/render/text/hint.ts';
import { operationCommand } from '../command/operation-command.ts';
import { withLimit } from '../flags/given.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = operationCommand({
  operation: log,
  usage: '[KEY] [--limit N]',
  args: { min: 0, max: 1 },
  flags: limitFlag,
  examples: ['docket log', 'docket log web-k3f9 --limit 50'],
  input: ({ args: [task], flags }) => ({ task, limit: readLimit(flags) }),
  text: (answer, { args, io: { style } }) =>
    answer.events.length === 0
      ? withHint('Nothing has happened yet.', 'docket create TITLE', style)
      : renderEvents(answer, {
          style,
          more: withLimit(['docket log', ...args].join(' '), answer.total),
        }),
});
