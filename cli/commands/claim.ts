import { DocketError } from '../../lib/model/errors.ts';
import { claim } from '../../lib/operations/claim.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { renderClaimed } from '../../lib/render/task/hand-over.ts';
import { operationCommand } from '../command/operation-command.ts';

export const command = operationCommand({
  operation: claim,
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
  input({ args: [task], flags: { next, steal, force, agent } }) {
    if ((task === undefined) !== next) {
      throw new DocketError('usage', 'docket claim needs a KEY or --next, one of the two', {
        hint: 'docket claim --help',
      });
    }
    return { task, steal, force, agent };
  },
  words: { fields: { agent: '--agent' } },
  text: (answer) => [renderTaskAnswer('Claimed', answer), ...renderClaimed(answer)].join('\n'),
});
