import { restoreTree } from '../tracker/archive/restore-tree.ts';
import { reopenTask } from '../tracker/tasks/block.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const reopen = defineOperation({
  name: 'reopen',
  access: 'manage',
  summary: 'Open a completed or cancelled task again',
  input: () => import('./plain-inputs.ts').then(({ TaskKeysInput }) => TaskKeysInput),
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskOrTasksAnswer),
  run: ({ scope }, named) => reopenTask(scope, keysOf(named), restoreTree),
});
