import { renderEvents } from '../../lib/render/task/events.ts';
import { readLog } from '../../lib/tracker/reads/lists.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = defineCommand({
  summary: 'What happened, newest first',
  usage: '[KEY] [--limit N]',
  args: { min: 0, max: 1 },
  flags: limitFlag,
  examples: ['docket log', 'docket log web-k3f9 --limit 50'],
  async run({ args: [key], flags, io }) {
    const limit = readLimit(flags, 20);
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await readLog(scope, { key, limit });
      const lines = renderEvents(data.events, io.style);
      return { data, text: lines.length === 0 ? 'Nothing has happened yet.' : lines.join('\n') };
    });
  },
});
