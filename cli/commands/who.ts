import { who } from '../../lib/operations/who.ts';
import { renderWhoList } from '../../lib/render/figures/who.ts';
import { operationCommand } from '../command/operation-command.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = operationCommand({
  operation: who,
  usage: '[--limit N]',
  args: { min: 0, max: 0 },
  flags: limitFlag,
  examples: ['docket who', 'docket who --json'],
  input: ({ flags }) => ({ limit: readLimit(flags) }),
  text: (answer, { session, io: { style } }) => renderWhoList(answer, { session, style }),
});
