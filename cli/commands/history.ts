import { history } from '../../lib/operations/history.ts';
import { renderHistory } from '../../lib/render/task/history.ts';
import { operationCommand } from '../command/operation-command.ts';
import { withLimit } from '../flags/given.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = operationCommand({
  operation: history,
  usage: 'KEY [--all] [--limit N]',
  args: { min: 1, max: 1 },
  flags: {
    all: { type: 'boolean', description: 'also of everything below it' },
    ...limitFlag,
  },
  examples: ['docket history web-k3f9', 'docket history web-k3f9 --all --json'],
  input: ({ args: [task = ''], flags }) => ({ task, all: flags.all, limit: readLimit(flags) }),
  text: (answer, { flags: { all }, io: { style } }) =>
    renderHistory(answer, {
      style,
      isWhole: all,
      more: withLimit(`docket history ${answer.key}${all ? ' --all' : ''}`, answer.total),
    }),
});
