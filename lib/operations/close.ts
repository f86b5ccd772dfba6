import * as z from 'zod/mini';
import { Minutes, Outcome, TaskInput } from '../model/task/input.ts';
import { closeTask } from '../tracker/tasks/close.ts';
import { force, taskOrTasks } from './fields.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

const Fields = z.strictObject({
  ...taskOrTasks,
  /** The result of the work. */
  outcome: z.optional(Outcome),
  billable_minutes: z.optional(Minutes),
  /** New tasks that were found on the way. */
  follow_ups: z.optional(z.array(TaskInput)),
  /** Cancels its open subtasks. */
  cancel_open: z.optional(z.boolean()),
  force,
});

const ofOne = 'is of one task: close the others by a command of their own';
const Input = Fields.check(
  z.refine(({ tasks, billable_minutes: minutes }) => !tasks || minutes === undefined, {
    path: ['billable_minutes'],
    error: ofOne,
  }),
  z.refine(({ tasks, follow_ups: followUps = [] }) => !tasks || followUps.length === 0, {
    path: ['follow_ups'],
    error: ofOne,
  }),
);

export const close = defineOperation({
  name: 'close',
  access: 'manage',
  summary: 'Complete a task',
  input: Input,
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskOrTasksAnswer),
  run({ scope }, { outcome, billable_minutes, follow_ups, cancel_open, force: forced, ...named }) {
    return closeTask(scope, keysOf(named), {
      outcome,
      billableMinutes: billable_minutes,
      followUps: follow_ups ?? [],
      cancelOpen: cancel_open ?? false,
      force: forced ?? false,
    });
  },
});
