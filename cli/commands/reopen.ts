import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { reopenTask } from '../../lib/tracker/tasks/block.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';

export const command = defineCommand({
  summary: 'Open a completed or cancelled task again',
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket reopen web-k3f9'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await reopenTask(scope, key);
      return { data, text: renderTaskAnswer('Reopened', data) };
    });
  },
});
