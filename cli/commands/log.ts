import { log } from '../../lib/operations/log.ts';
import { renderEvents } from '../../lib/render/task/events.ts';
import { operationCommand } from '../command/operation-command.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = operationCommand({
  operation: log,
  usage: '[KEY] [--limit N]',
  args: { min: 0, max: 1 },
  flags: limitFlag,
  examples: ['docket log', 'docket log web-k3f9 --limit 50'],
  input: ({ args: [task], flags }) => ({ task, limit: readLimit(flags) }),
  text: ({ events }, { io }) =>
    events.length === 0 ? 'Nothing has happened yet.' : renderEvents(events, io.style).join('\n'),
});
