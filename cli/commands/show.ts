import { renderTaskDetail } from '../../lib/render/task/detail.ts';
import { showTask } from '../../lib/tracker/reads/lists.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';

export const command = defineCommand({
  summary: 'Everything about one task: fields, subtasks, notes',
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket show web-k3f9', 'docket show k3 --json'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await showTask(scope, key);
      const { session } = scope.worker;
      return { data, text: renderTaskDetail(data, { session, style: io.style }) };
    });
  },
});
