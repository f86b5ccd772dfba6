import { parseInput, Reason } from '../../lib/model/task/input.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { cancelTask } from '../../lib/tracker/tasks/close.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { forceFlag } from '../flags/shared.ts';
import { readText } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: 'Give a task up; the record stays',
  usage: 'KEY [--reason TEXT]',
  args: { min: 1, max: 1 },
  flags: {
    reason: {
      type: 'string',
      value: 'TEXT',
      description: 'why it is not wanted any more; - for stdin',
    },
    'cancel-open': { type: 'boolean', description: 'with its open subtasks' },
    ...forceFlag,
  },
  examples: [
    "docket cancel web-k3f9 --reason 'Solved by the new release'",
    'docket cancel web-k3f9 --cancel-open',
  ],
  async run({ args: [key = ''], flags, io }) {
    const { 'cancel-open': cancelOpen, force } = flags;
    const reason =
      flags.reason === undefined
        ? undefined
        : parseInput(Reason, readText(flags.reason, io), { what: '--reason' });
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await cancelTask(scope, key, { reason, cancelOpen, force });
      const isCancelled = data.task.status === 'cancelled';
      const verb = isCancelled
        ? 'Cancelled'
        : 'Completed with what was done; the rest is cancelled:';
      return { data, text: renderTaskAnswer(verb, data) };
    });
  },
});
