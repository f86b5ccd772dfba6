import * as z from 'zod/mini';
import { withMode } from '../access/mode.ts';
import { TaskInput } from '../model/task/input.ts';
import { createTask } from '../tracker/tasks/create.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.extend(TaskInput, {
  /** The task that the new one is a subtask of. */
  parent: z.optional(Key),
  /** The tasks that must be done first. */
  needs: z.optional(z.array(Key)),
});

export const create = defineOperation({
  name: 'create',
  access: 'manage',
  summary: 'Add a task',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ CreateAnswer }) => CreateAnswer),
  run: (list, { parent, needs = [], ...task }) =>
    createTask(withMode(list), task, { parent, needs }),
});
