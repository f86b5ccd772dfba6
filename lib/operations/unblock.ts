import { unblockTask } from '../tracker/tasks/block.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const unblock = defineOperation({
  name: 'unblock',
  access: 'manage',
  summary: 'What a blocked task waited for has happened',
  input: () => import('./plain-inputs.ts').then(({ UnblockInput }) => UnblockInput),
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskOrTasksAnswer),
  run: ({ scope }, { resolution, force: isForced = false, ...named }) =>
    unblockTask(scope, keysOf(named), { resolution, force: isForced }),
});
