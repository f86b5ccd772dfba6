import { NoteText, parseInput } from '../../lib/model/task/input.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { addNote } from '../../lib/tracker/tasks/note.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: 'Write down how a task goes; the next prompts show it',
  usage: 'KEY TEXT',
  args: { min: 1, max: 2 },
  flags: {},
  examples: [
    "docket note web-k3f9 'Found it: the cookie has no domain'",
    "docket note web-k3f9 <<'EOF'\n  Two causes:\n  - the cookie has no domain\n  - the clock is off\n  EOF",
  ],
  async run({ args: [key = '', argument], flags, io }) {
    const given = readTextOrStdin(argument, { io, what: 'note' });
    const text = parseInput(NoteText, given, { what: 'note' });
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await addNote(scope, key, text);
      return { data, text: `Noted on ${safeLine(data.note.task, 60)}` };
    });
  },
});
