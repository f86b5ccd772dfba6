import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { releaseTask } from '../../lib/tracker/tasks/block.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { forceFlag } from '../flags/shared.ts';

export const command = defineCommand({
  summary: 'Give a claim back: the task is pending again',
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: forceFlag,
  examples: ['docket release web-k3f9'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await releaseTask(scope, key, { force: flags.force });
      return { data, text: renderTaskAnswer('Released', data) };
    });
  },
});
