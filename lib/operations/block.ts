import * as z from 'zod/mini';
import { Reason } from '../model/task/input.ts';
import { blockTask } from '../tracker/tasks/block.ts';
import { force, taskOrTasks } from './fields.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const block = defineOperation({
  name: 'block',
  access: 'manage',
  summary: 'Put a task aside until something outside the list happens',
  input: z.strictObject({ ...taskOrTasks, reason: Reason, force }),
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskOrTasksAnswer),
  run: ({ scope }, { reason, force: isForced = false, ...named }) =>
    blockTask(scope, keysOf(named), { reason, force: isForced }),
});
