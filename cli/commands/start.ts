import { start } from '../../lib/operations/start.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { renderClaimed } from '../../lib/render/task/hand-over.ts';
import { renderStarted } from '../../lib/render/task/timer.ts';
import { operationCommand } from '../command/operation-command.ts';

export const command = operationCommand({
  operation: start,
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {
    steal: { type: 'boolean', description: 'take over a claim whose holder has gone' },
    force: { type: 'boolean', description: 'with --steal: even from a live holder' },
    agent: { type: 'string', value: 'NAME', description: 'the agent that will do it' },
  },
  examples: ['docket start web-k3f9', 'docket start web-k3f9 --steal'],
  input: ({ args: [task = ''], flags: { steal, force, agent } }) => ({ task, steal, force, agent }),
  words: { fields: { agent: '--agent' } },
  text: (answer) =>
    [renderTaskAnswer('Claimed', answer), ...renderClaimed(answer), ...renderStarted(answer)].join(
      '\n',
    ),
});
