import { unblockTask } from '../tracker/tasks/block.ts';
import { defineOperation } from './operation.ts';

export const unblock = defineOperation({
  name: 'unblock',
  access: 'manage',
  summary: 'What a blocked task waited for has happened',
  input: () => import('./plain-inputs.ts').then(({ ForceInput }) => ForceInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, force: isForced = false }) =>
    unblockTask(scope, task, { force: isForced }),
});
