import { recap } from '../../lib/operations/recap.ts';
import { renderRecap } from '../../lib/render/figures/recap.ts';
import { renderRecapForPeople } from '../../lib/render/figures/recap-for-people.ts';
import { isForPerson } from '../../lib/render/text/style.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readNumber } from '../flags/shared.ts';
import type { CommandIo } from '../terminal/io.ts';

const mostSessions = 20;

export const command = operationCommand({
  operation: recap,
  usage: '[--sessions N]',
  args: { min: 0, max: 0 },
  flags: {
    sessions: { type: 'string', value: 'N', description: 'how many sessions (3; 20 for people)' },
  },
  examples: ['docket recap', 'docket recap --sessions 8 --json'],
  input({ flags: { sessions, json = false }, io }) {
    if (sessions !== undefined) {
      return { sessions: readNumber('sessions', sessions, { min: 1, max: mostSessions }) };
    }
    return { sessions: hasReader(io) && !json ? mostSessions : undefined };
  },
  text: (answer, { session, io }) =>
    hasReader(io)
      ? renderRecapForPeople(answer, io.style)
      : renderRecap(answer, { session, style: io.style }),
});

/** Whether a person asks, who may pass on what is told: a session has no terminal. */
function hasReader({ style, isTerminal }: CommandIo): boolean {
  return isForPerson(style) || isTerminal?.() === true;
}
