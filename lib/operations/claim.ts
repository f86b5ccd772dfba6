import * as z from 'zod/mini';
import { TaskInput } from '../model/task/input.ts';
import { claimNext, claimTask } from '../tracker/tasks/claim.ts';
import { force, Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  /** Else the most urgent task that is ready. */
  task: z.optional(Key),
  /** Takes over a claim whose holder has gone. */
  steal: z.optional(z.boolean()),
  /** With `steal`: even from a live holder. */
  force,
  /** The agent that will do it, by its display name. */
  agent: TaskInput.shape.assigned_agent,
});

export const claim = defineOperation({
  name: 'claim',
  access: 'manage',
  summary: 'Take a task, so that nobody else starts it',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ TaskAnswer }) => TaskAnswer),
  run({ scope }, { task, steal = false, force: isForced = false, agent }) {
    const options = { steal, force: isForced, assignedAgent: agent };
    return task === undefined ? claimNext(scope, options) : claimTask(scope, task, options);
  },
});
