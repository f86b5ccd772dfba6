import { note } from '../../lib/operations/note.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: note,
  usage: 'KEY TEXT',
  args: { min: 1, max: 2 },
  flags: {},
  examples: [
    "docket note web-k3f9 'Found it: the cookie has no domain'",
    "docket note web-k3f9 <<'EOF'\n  Two causes:\n  - the cookie has no domain\n  - the clock is off\n  EOF",
  ],
  input: async ({ args: [task = '', text], io }) => ({
    task,
    text: await readTextOrStdin(text, { io, what: 'note' }),
  }),
  words: { fields: { text: 'note' } },
  text: (answer) => `Noted on ${safeLine(answer.note.task, 60)}`,
});
