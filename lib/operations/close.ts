import * as z from 'zod/mini';
import { Minutes, Outcome, TaskInput } from '../model/task/input.ts';
import { closeTask } from '../tracker/tasks/close.ts';
import { force, Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  task: Key,
  /** The result of the work. */
  outcome: z.optional(Outcome),
  billable_minutes: z.optional(Minutes),
  /** New tasks that were found on the way. */
  follow_ups: z.optional(z.array(TaskInput)),
  /** Cancels its open subtasks. */
  cancel_open: z.optional(z.boolean()),
  force,
});

export const close = defineOperation({
  name: 'close',
  access: 'manage',
  summary: 'Complete a task',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, outcome, billable_minutes, follow_ups, cancel_open, force: isForced }) =>
    closeTask(scope, task, {
      outcome,
      billableMinutes: billable_minutes,
      followUps: follow_ups ?? [],
      cancelOpen: cancel_open ?? false,
      force: isForced ?? false,
    }),
});
