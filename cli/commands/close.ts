import { Outcome, parseInput, TaskInput } from '../../lib/model/task/input.ts';
import { renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { closeTask } from '../../lib/tracker/tasks/close.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { readMinutes } from '../flags/task-fields.ts';
import { readText } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: 'Complete a task (also: docket complete)',
  usage: 'KEY [--outcome TEXT] [--follow-up TITLE]',
  args: { min: 1, max: 1 },
  flags: {
    outcome: { type: 'string', value: 'TEXT', description: 'what came of it; - for stdin' },
    'billable-minutes': { type: 'string', value: 'MINUTES', description: 'time to bill' },
    'follow-up': {
      type: 'string',
      multiple: true,
      value: 'TITLE',
      description: 'a new task that was found on the way',
    },
    'cancel-open': { type: 'boolean', description: 'with the open subtasks cancelled' },
    force: { type: 'boolean', description: 'although it waits, or another session works on it' },
  },
  examples: [
    "docket close web-k3f9 --outcome 'Login works again; tests added'",
    "docket close web-k3f9 --outcome 'Done' --follow-up 'Clean up the old sessions'",
  ],
  async run({ args: [key = ''], flags, io }) {
    const { outcome, 'billable-minutes': minutes, 'follow-up': titles } = flags;
    const options = {
      outcome:
        outcome === undefined
          ? undefined
          : parseInput(Outcome, readText(outcome, io), { what: '--outcome' }),
      billableMinutes: minutes === undefined ? undefined : readMinutes('billable-minutes', minutes),
      followUps: titles.map((title) => parseInput(TaskInput, { title }, { what: '--follow-up' })),
      cancelOpen: flags['cancel-open'],
      force: flags.force,
    };
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await closeTask(scope, key, options);
      const verb = data.task.status === 'cancelled' ? 'Cancelled' : 'Completed';
      return { data, text: renderTaskAnswer(verb, data) };
    });
  },
});
