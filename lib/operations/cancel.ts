import * as z from 'zod/mini';
import { Reason } from '../model/task/input.ts';
import { cancelTask } from '../tracker/tasks/close.ts';
import { force, Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  task: Key,
  /** Why it is not wanted any more. */
  reason: z.optional(Reason),
  /** With its open subtasks. */
  cancel_open: z.optional(z.boolean()),
  force,
});

export const cancel = defineOperation({
  name: 'cancel',
  access: 'manage',
  summary: 'Give a task up; the record stays',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, reason, cancel_open: cancelOpen = false, force: isForced = false }) =>
    cancelTask(scope, task, { reason, cancelOpen, force: isForced }),
});
