import * as z from 'zod/mini';
import { Limits } from '../model/run/policy.ts';
import { agentFields, Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  task: Key,
  /** Lets subtasks that do not need each other run at the same time. */
  any_order: z.optional(z.boolean()),
  /** The number of agents that work at the same time. */
  parallel: Limits.shape.parallel,
  ...agentFields,
});

export const run = defineOperation({
  name: 'run',
  access: 'person',
  summary: 'Have agents of Claude Code do a task or a plan',
  input: Input,
  answer: () => import('../model/answers/outcome.ts').then(({ RunOutcome }) => RunOutcome),
  async run(
    list,
    { task, any_order: anyOrder = false, parallel, timeout_minutes, budget_usd, permission_mode },
    { onProgress, signal },
  ) {
    const { assembleOrchestrator } = await import('../access/assemble-orchestrator.ts');
    const orchestrator = assembleOrchestrator(list, {
      parallel,
      timeoutMinutes: timeout_minutes,
      budgetUsd: budget_usd,
      permissionMode: permission_mode,
    });
    return orchestrator.run(task, {
      anyOrder,
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    });
  },
});
