import { note } from '../../lib/operations/note.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { operationCommand } from '../command/operation-command.ts';
import { editAbout, editFlag } from '../flags/edit.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: note,
  usage: 'KEY [TEXT]',
  args: { min: 1, max: 2 },
  flags: editFlag,
  examples: [
    'docket note web-k3f9                  # in $VISUAL or $EDITOR, at a terminal',
    "docket note web-k3f9 'Found it: the cookie has no domain'",
    "docket note web-k3f9 <<'EOF'\n  Two causes:\n  - the cookie has no domain\n  - the clock is off\n  EOF",
  ],
  async input({ args: [task = '', text], flags, io }) {
    const isWritten = flags.edit || (text === undefined && io.canEdit?.());
    return {
      task,
      text: isWritten
        ? await editAbout([task], { what: 'note', text: () => text, flags, io })
        : await readTextOrStdin(text, { io, what: 'note' }),
    };
  },
  words: { fields: { text: 'note' } },
  text: (answer) => `Noted on ${safeLine(answer.note.task, 60)}`,
});
