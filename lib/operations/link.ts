import * as z from 'zod/mini';
import { DependencyType } from '../model/task/task.ts';
import { linkTasks } from '../tracker/tasks/link.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  /** The task that needs the target, relates to it, or was discovered from it. */
  task: Key,
  target: Key,
  /** `blocks` unless it is said. */
  type: z.optional(DependencyType),
});

export const link = defineOperation({
  name: 'link',
  access: 'manage',
  summary: 'Say that a task needs another one first',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run: ({ scope }, { task, target, type = 'blocks' }) => linkTasks(scope, { task, target, type }),
});
