import { close } from '../../lib/operations/close.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { editAbout, editFlag } from '../flags/edit.ts';
import { readKeys, someKeys } from '../flags/shared.ts';
import { readMinutes } from '../flags/task-fields.ts';
import { readOptionalText } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: close,
  usage: 'KEY ... [--outcome TEXT] [--follow-up TITLE]',
  args: someKeys,
  flags: {
    outcome: { type: 'string', value: 'TEXT', description: 'what came of it; - for stdin' },
    'billable-minutes': { type: 'string', value: 'MINUTES', description: 'time to bill' },
    'follow-up': {
      type: 'string',
      multiple: true,
      value: 'TITLE',
      description: 'a new task that was found on the way',
    },
    ...editFlag,
    'cancel-open': { type: 'boolean', description: 'with the open subtasks cancelled' },
    force: { type: 'boolean', description: 'although it waits, or another session works on it' },
  },
  examples: [
    "docket close web-k3f9 --outcome 'Login works again; tests added'",
    "docket close web-k3f9.1 web-k3f9.2 --outcome 'Both work'",
    'docket close web-k3f9 --edit',
    "docket close web-k3f9 --outcome 'Done' --follow-up 'Clean up the old sessions'",
  ],
  async input({ args, flags, io }) {
    const minutes = readMinutes('billable-minutes', flags['billable-minutes']);
    const given = await readOptionalText(flags.outcome, io);
    return {
      ...readKeys(args),
      outcome: flags.edit
        ? await editAbout(args, { what: 'outcome', text: () => given, flags, io })
        : given,
      billable_minutes: minutes,
      follow_ups: flags['follow-up'].map((title) => ({ title })),
      cancel_open: flags['cancel-open'],
      force: flags.force,
    };
  },
  words: {
    fields: {
      outcome: '--outcome',
      follow_ups: '--follow-up',
      billable_minutes: '--billable-minutes',
    },
  },
  text: (answer) =>
    renderTaskAnswer(({ status }) => (status === 'cancelled' ? 'Cancelled' : 'Completed'), answer),
});
