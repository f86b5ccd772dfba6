import { recap } from '../../lib/operations/recap.ts';
import { renderRecap } from '../../lib/render/figures/recap.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readNumber } from '../flags/shared.ts';

export const command = operationCommand({
  operation: recap,
  usage: '[--sessions N]',
  args: { min: 0, max: 0 },
  flags: {
    sessions: { type: 'string', value: 'N', description: 'how many sessions (3)' },
  },
  examples: ['docket recap', 'docket recap --sessions 8 --json'],
  input: ({ flags: { sessions } }) => ({
    sessions:
      sessions === undefined ? undefined : readNumber('sessions', sessions, { min: 1, max: 20 }),
  }),
  text: (answer, { session, io: { style } }) => renderRecap(answer, { session, style }),
});
