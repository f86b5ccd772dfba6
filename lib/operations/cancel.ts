import * as z from 'zod/mini';
import { Reason } from '../model/task/input.ts';
import { cancelTask } from '../tracker/tasks/close.ts';
import { force, taskOrTasks } from './fields.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  ...taskOrTasks,
  /** The reason why the task is not wanted any more. */
  reason: z.optional(Reason),
  /** Cancels its open subtasks as well. */
  cancel_open: z.optional(z.boolean()),
  force,
});

export const cancel = defineOperation({
  name: 'cancel',
  access: 'manage',
  summary: 'Give a task up; the record stays',
  input: Input,
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskOrTasksAnswer),
  run({ scope }, { reason, cancel_open: cancelOpen = false, force: isForced = false, ...named }) {
    return cancelTask(scope, keysOf(named), { reason, cancelOpen, force: isForced });
  },
});
