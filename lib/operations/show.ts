import type { TaskDetail, TaskDetails } from '../model/answers/task.ts';
import { showTask, showTasks } from '../tracker/reads/lists.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const show = defineOperation({
  name: 'show',
  access: 'look',
  summary: 'Everything about one task: fields, subtasks, notes',
  input: () => import('./plain-inputs.ts').then(({ TaskKeysInput }) => TaskKeysInput),
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskDetailOrDetails),
  async run({ scope }, named): Promise<TaskDetail | TaskDetails> {
    const keys = keysOf(named);
    return typeof keys === 'string' ? showTask(scope, keys) : showTasks(scope, keys);
  },
});
