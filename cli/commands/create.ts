import { create } from '../../lib/operations/create.ts';
import {
  renderParentReleased,
  renderSuggestion,
  renderTaskAnswer,
} from '../../lib/render/task/answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { edit, editFlag } from '../flags/edit.ts';
import { fieldFlags, fieldWords, readFields } from '../flags/task-fields.ts';

export const command = operationCommand({
  operation: create,
  usage: 'TITLE [--description TEXT] [--parent KEY] [--needs KEY]',
  args: { min: 1, max: 1 },
  flags: {
    parent: { type: 'string', value: 'KEY', description: 'make it a subtask of this task' },
    needs: { type: 'string', list: true, value: 'KEY', description: 'what must be done first' },
    ...fieldFlags,
    ...editFlag,
  },
  examples: [
    "docket create 'Rotate the signing key' --priority 1 --type deployment",
    "docket create 'Write the tests' --parent web-k3f9 --needs web-k3f9.1,web-k3f9.2",
    "docket create 'Fix WINS' --client 'Acme Corp' --infra nas-1 --type bugfix",
    "docket create 'Fix the login' --description 'It loops after a reset'",
    "docket create 'Fix the login' --edit",
  ],
  async input({ args: [title = ''], flags, io }) {
    const { description, ...fields } = await readFields(flags, io);
    const about = ['The description of a new task:', title];
    return {
      ...fields,
      description: flags.edit
        ? await edit(io, { name: 'description', text: description ?? '', about })
        : description,
      title,
      parent: flags.parent,
      needs: [...flags.needs],
    };
  },
  words: { what: 'task:', fields: fieldWords, hint: 'docket create --help' },
  text(answer) {
    const similar = renderSuggestion(answer.task.key, answer.suggestedEstimate);
    const released = renderParentReleased(answer.task.parent ?? '', answer.parentReleased);
    return [renderTaskAnswer('Created', answer), ...released, ...similar].join('\n');
  },
});
