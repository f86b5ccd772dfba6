import { parseInput, TaskInput } from '../../lib/model/task/input.ts';
import { renderSuggestion, renderTaskAnswer } from '../../lib/render/task/answer.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { defineCommand } from '../command.ts';
import { fieldFlags, readFields } from '../flags/task-fields.ts';
import { withScope } from '../open-scope.ts';
import { withMode } from '../project-settings.ts';

export const command = defineCommand({
  summary: 'Add a task',
  usage: 'TITLE [--description TEXT] [--parent KEY] [--needs KEY]',
  args: { min: 1, max: 1 },
  flags: {
    parent: { type: 'string', value: 'KEY', description: 'make it a subtask of this task' },
    needs: { type: 'string', list: true, value: 'KEY', description: 'what must be done first' },
    ...fieldFlags,
  },
  examples: [
    "docket create 'Rotate the signing key' --priority 1 --type deployment",
    "docket create 'Write the tests' --parent web-k3f9 --needs web-k3f9.1,web-k3f9.2",
    "docket create 'Fix WINS' --client 'Acme Corp' --infra nas-1 --type bugfix",
    "docket create 'Fix the login' --description 'It loops after a reset'",
  ],
  async run({ args: [title], flags, io }) {
    const fields = { title, ...readFields(flags, io) };
    const input = parseInput(TaskInput, fields, { what: 'task:', hint: 'docket create --help' });
    const { parent, needs } = flags;
    return withScope({ flags, io }, async (open) => {
      const data = await createTask(withMode(open), input, { parent, needs });
      const similar = renderSuggestion(data.task.key, data.suggestedEstimate);
      return { data, text: [renderTaskAnswer('Created', data), ...similar].join('\n') };
    });
  },
});
