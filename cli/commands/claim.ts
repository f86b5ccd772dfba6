import { DocketError } from '../../lib/model/errors.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { renderQuoted } from '../../lib/render/text/safe-text.ts';
import { claimNext, claimTask } from '../../lib/tracker/tasks/claim.ts';
import { defineCommand } from '../command.ts';
import { withScope } from '../open-scope.ts';

export const command = defineCommand({
  summary: 'Take a task, so that nobody else starts it',
  usage: 'KEY | --next',
  args: { min: 0, max: 1 },
  flags: {
    next: { type: 'boolean', description: 'take the most urgent ready task' },
    steal: { type: 'boolean', description: 'take over a claim whose holder has gone' },
    force: { type: 'boolean', description: 'with --steal: even from a live holder' },
    agent: { type: 'string', value: 'NAME', description: 'the agent that will do it' },
  },
  examples: [
    'docket claim web-k3f9',
    "docket claim --next --agent 'Coding Agent'",
    'docket claim web-k3f9 --steal',
  ],
  async run({ args: [key], flags, io }) {
    if ((key === undefined) !== flags.next) {
      throw new DocketError('usage', 'docket claim needs a KEY or --next, one of the two', {
        hint: 'docket claim --help',
      });
    }
    const options = { steal: flags.steal, force: flags.force, assignedAgent: flags.agent };
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await (key === undefined
        ? claimNext(scope, options)
        : claimTask(scope, key, options));
      const description = renderQuoted(data.task.description);
      return { data, text: [renderTaskAnswer('Claimed', data), ...description].join('\n') };
    });
  },
});
