import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { unlinkTasks } from '../../lib/tracker/tasks/link.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { linkFlags, readLinkType } from '../flags/link.ts';

export const command = defineCommand({
  summary: 'Take a link between two tasks away',
  usage: 'CHILD PARENT [--type TYPE]',
  args: { min: 2, max: 2 },
  flags: linkFlags,
  examples: ['docket unlink web-9zk2 web-k3f9'],
  async run({ args: [task = '', target = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await unlinkTasks(scope, { task, target, type: readLinkType(flags) });
      return { data, text: renderTaskAnswer('Unlinked', data) };
    });
  },
});
