import { renderRuns } from '../../lib/render/run/lines.ts';
import { listRuns } from '../../lib/tracker/view/run.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';

export const command = defineCommand({
  summary: 'What each agent did at a task and its subtasks',
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket runs web-k3f9', 'docket runs web-k3f9 --json'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await listRuns(scope, key);
      const lines = renderRuns(data.runs, { at: data.at, style: io.style });
      return { data, text: lines.length === 0 ? 'Nobody has worked on it yet.' : lines.join('\n') };
    });
  },
});
