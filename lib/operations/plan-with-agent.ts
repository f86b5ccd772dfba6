import * as z from 'zod/mini';
import { TaskFields } from '../model/task/input.ts';
import { agentFields } from './fields.ts';
import { defineOperation } from './operation.ts';

const { client, project, infrastructure, billable } = TaskFields.shape;
const Input = z.strictObject({
  /** The request, in the words of the person who makes it. */
  request: z.string(),
  ...agentFields,
  ...{ client, project, infrastructure, billable },
});

export const planWithAgent = defineOperation({
  name: 'plan-with-agent',
  access: 'person',
  summary: 'Have an agent break a request down into a plan',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ PlanAnswer }) => PlanAnswer),
  async run(
    list,
    { request, timeout_minutes, budget_usd, permission_mode, ...fields },
    { signal },
  ) {
    const { assembleOrchestrator } = await import('../access/assemble-orchestrator.ts');
    const orchestrator = assembleOrchestrator(list, {
      timeoutMinutes: timeout_minutes,
      budgetUsd: budget_usd,
      permissionMode: permission_mode,
    });
    return orchestrator.planWithAgent(request, {
      fields,
      ...(signal === undefined ? {} : { signal }),
    });
  },
});
