import { releaseTask } from '../tracker/tasks/block.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const release = defineOperation({
  name: 'release',
  access: 'manage',
  summary: 'Give a claim back: the task is pending again',
  input: () => import('./plain-inputs.ts').then(({ ForceInput }) => ForceInput),
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskOrTasksAnswer),
  run: ({ scope }, { force: isForced = false, ...named }) =>
    releaseTask(scope, keysOf(named), { force: isForced }),
});
