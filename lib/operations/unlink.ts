import * as z from 'zod/mini';
import { DependencyType } from '../model/task/task.ts';
import { unlinkTasks } from '../tracker/tasks/link.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  /** The task that needs the target, relates to it, or was discovered from it. */
  task: Key,
  target: Key,
  /** The type of the link; `blocks` by default. */
  type: z.optional(DependencyType),
});

export const unlink = defineOperation({
  name: 'unlink',
  access: 'manage',
  summary: 'Take a link between two tasks away',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, target, type = 'blocks' }) => unlinkTasks(scope, { task, target, type }),
});
