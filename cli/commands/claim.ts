import { DocketError } from '../../lib/model/errors.ts';
import { claim } from '../../lib/operations/claim.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { renderAllClaimed, renderClaimed } from '../../lib/render/task/hand-over.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readKeys, someKeys } from '../flags/shared.ts';

export const command = operationCommand({
  operation: claim,
  usage: 'KEY ... | --next',
  args: { min: 0, max: someKeys.max },
  flags: {
    next: { type: 'boolean', description: 'take the most urgent ready task' },
    steal: { type: 'boolean', description: 'take over a claim whose holder has gone' },
    force: { type: 'boolean', description: 'with --steal: even from a live holder' },
    agent: { type: 'string', value: 'NAME', description: 'the agent that will do it' },
  },
  examples: [
    'docket claim web-k3f9',
    'docket claim web-k3f9 web-9zk2',
    "docket claim --next --agent 'Coding Agent'",
    'docket claim web-k3f9 --steal',
  ],
  input({ args, flags: { next, steal, force, agent } }) {
    if ((args.length === 0) !== next) {
      throw new DocketError('usage', 'docket claim needs a KEY or --next, one of the two', {
        hint: 'docket claim --help',
      });
    }
    return { ...(next ? {} : readKeys(args)), steal, force, agent };
  },
  words: { fields: { agent: '--agent' } },
  text(answer) {
    const told = 'handOvers' in answer ? renderAllClaimed(answer) : renderClaimed(answer);
    return [renderTaskAnswer('Claimed', answer), ...told].join('\n');
  },
});
