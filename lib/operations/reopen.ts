import * as z from 'zod/mini';
import { reopenTask } from '../tracker/tasks/block.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

export const reopen = defineOperation({
  name: 'reopen',
  access: 'manage',
  summary: 'Open a completed or cancelled task again',
  input: z.strictObject({ task: Key }),
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task }) => reopenTask(scope, task),
});
