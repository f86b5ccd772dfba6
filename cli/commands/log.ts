import { renderEvents } from '../../lib/render/event-lines.ts';
import { readLog } from '../../lib/tracker/read.ts';
import { defineCommand } from '../command.ts';
import { withScope } from '../open-scope.ts';
import { limitFlag, readLimit } from '../row-limit.ts';

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
