import * as z from 'zod/mini';
import { Reason } from '../model/task/input.ts';
import { blockTask } from '../tracker/tasks/block.ts';
import { force, Key } from './fields.ts';
import { defineOperation } from './operation.ts';

export const block = defineOperation({
  name: 'block',
  access: 'manage',
  summary: 'Put a task aside until something outside the list happens',
  input: z.strictObject({ task: Key, reason: Reason, force }),
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, reason, force: isForced = false }) =>
    blockTask(scope, task, { reason, force: isForced }),
});
