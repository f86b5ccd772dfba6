import { showTask } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const show = defineOperation({
  name: 'show',
  access: 'look',
  summary: 'Everything about one task: fields, subtasks, notes',
  input: () => import('./plain-inputs.ts').then(({ TaskKeyInput }) => TaskKeyInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskDetail }) => TaskDetail),
  run: ({ scope }, { task }) => showTask(scope, task),
});
