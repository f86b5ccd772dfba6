import { reopenTask } from '../tracker/tasks/block.ts';
import { defineOperation } from './operation.ts';

export const reopen = defineOperation({
  name: 'reopen',
  access: 'manage',
  summary: 'Open a completed or cancelled task again',
  input: () => import('./plain-inputs.ts').then(({ TaskKeyInput }) => TaskKeyInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task }) => reopenTask(scope, task),
});
