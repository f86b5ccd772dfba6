import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { linkTasks } from '../../lib/tracker/tasks/link.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { linkFlags, readLinkType, renderLink } from '../flags/link.ts';

export const command = defineCommand({
  summary: 'Say that a task needs another one first',
  usage: 'CHILD PARENT [--type TYPE]',
  args: { min: 2, max: 2 },
  flags: linkFlags,
  examples: [
    'docket link web-9zk2 web-k3f9        # web-9zk2 needs web-k3f9',
    'docket link web-9zk2 web-k3f9 --type related',
  ],
  async run({ args: [task = '', target = ''], flags, io }) {
    const type = readLinkType(flags);
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await linkTasks(scope, { task, target, type });
      return {
        data,
        text: `${renderTaskAnswer('Linked', data)}\n${renderLink(data.task.key, type, target)}`,
      };
    });
  },
});
