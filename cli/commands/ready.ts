import { renderTaskList } from '../../lib/render/task/list.ts';
import { listReady } from '../../lib/tracker/reads/lists.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = defineCommand({
  summary: 'What can be started now, most urgent first',
  usage: '[--limit N]',
  args: { min: 0, max: 0 },
  flags: limitFlag,
  examples: ['docket ready', 'docket ready --limit 5 --json'],
  async run({ flags, io }) {
    const limit = readLimit(flags, 25);
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await listReady(scope, { limit });
      const text = renderTaskList(data, {
        session: scope.worker.session,
        style: io.style,
        empty: 'Nothing is ready. docket list shows what is in progress, blocked or waiting.',
        more: `docket ready --limit ${data.total}`,
      });
      return { data, text };
    });
  },
});
