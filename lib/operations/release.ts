import { releaseTask } from '../tracker/tasks/block.ts';
import { defineOperation } from './operation.ts';

export const release = defineOperation({
  name: 'release',
  access: 'manage',
  summary: 'Give a claim back: the task is pending again',
  input: () => import('./plain-inputs.ts').then(({ ForceInput }) => ForceInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, force: isForced = false }) =>
    releaseTask(scope, task, { force: isForced }),
});
