import { undo } from '../../lib/operations/undo.ts';
import { renderUndo } from '../../lib/render/task/undo.ts';
import { operationCommand } from '../command/operation-command.ts';

export const command = operationCommand({
  operation: undo,
  usage: '',
  args: { min: 0, max: 0 },
  flags: {},
  examples: ['docket undo'],
  input: () => ({}),
  text: (answer, { session, io }) => renderUndo(answer, { session, style: io.style }),
});
