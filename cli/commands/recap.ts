import { renderRecap } from '../../lib/render/figures/recap.ts';
import { recap } from '../../lib/tracker/reads/recap.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { readNumber } from '../flags/shared.ts';

const mostSessions = 20;

export const command = defineCommand({
  summary: 'What the last sessions left, and what is next',
  usage: '[--sessions N]',
  args: { min: 0, max: 0 },
  flags: {
    sessions: { type: 'string', value: 'N', description: 'how many sessions (3)' },
  },
  examples: ['docket recap', 'docket recap --sessions 8 --json'],
  async run({ flags, io }) {
    const { sessions: given } = flags;
    const limits = { min: 1, max: mostSessions };
    const sessions = given === undefined ? 3 : readNumber('sessions', given, limits);
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await recap(scope, { sessions });
      return { data, text: renderRecap(data, { session: scope.worker.session }) };
    });
  },
});
