import * as z from 'zod/mini';
import type { PlanAnswer } from '../model/answers/task.ts';
import { DocketError } from '../model/errors.ts';
import { orderPlan } from '../model/plan/order.ts';
import { Plan, PlannedStep } from '../model/plan/plan.ts';
import { parseInput, type TaskInput } from '../model/task/input.ts';
import { TaskType } from '../model/task/task.ts';
import { createPlan, requireAttribution } from '../tracker/tasks/create-plan.ts';
import type { Orchestration } from './orchestration.ts';
import { planEnvironment } from './run-environment.ts';

/** A request and the steps that it comes to. */
export interface PlanRequest {
  /** The user's request in their words; kept as the parent's context. */
  readonly request?: string | undefined;
  readonly plan: Plan;
}

export async function planRequest(
  { scope }: Pick<Orchestration, 'scope'>,
  { request, plan: input }: PlanRequest,
): Promise<PlanAnswer> {
  const plan = parseInput(Plan, input, { what: 'plan:' });
  const context = {
    ...(request === undefined ? {} : { user_request: request }),
    ...plan.task_context,
  };
  return createPlan(scope, orderPlan({ ...plan, task_context: context }));
}

const planner = 'general-purpose';
const planByHand = 'docket plan --help shows how to write the plan by hand';

/** The fields that an agent does not decide: attribution and billing. */
const decidedByPeople = {
  client: true,
  project: true,
  infrastructure: true,
  billable: true,
  billable_minutes: true,
} as const;
const AgentPlan = z.extend(z.omit(Plan, decidedByPeople), {
  subtasks: z.array(z.omit(PlannedStep, decidedByPeople)),
});

/**
 * Has an agent break a request down, and creates its plan with the fields that the caller gives.
 *
 * @throws DocketError `agent_failed`; before an agent starts, what `resolveAttribution` throws
 */
export async function planWithAgent(
  orchestration: Orchestration,
  request: string,
  {
    signal = new AbortController().signal,
    agent = planner,
    fields = {},
  }: { signal?: AbortSignal; agent?: string; fields?: Partial<TaskInput> },
): Promise<PlanAnswer> {
  const { policy, cwd } = orchestration;
  // The check comes before an agent costs money.
  await requireAttribution(orchestration.scope, fields);
  const { $schema: _, ...schema } = z.toJSONSchema(AgentPlan, { io: 'input' });
  const budget = policy.budgetUsd === undefined ? {} : { budgetUsd: policy.budgetUsd };
  const result = await orchestration.runner.run(
    {
      agent,
      role: 'plan',
      key: null,
      title: request,
      type: null,
      attempt: 1,
      prompt: planPrompt(request),
      schema,
      cwd,
      timeoutMs: policy.timeoutMs,
      ...budget,
      env: planEnvironment(orchestration),
    },
    signal,
  );
  if (result.kind === 'hindered') {
    const { message, resetsAt } = result.hindrance;
    const when = resetsAt === null ? '' : ` (until ${resetsAt})`;
    throw new DocketError('agent_failed', `the planning agent cannot work now: ${message}${when}`, {
      hint: planByHand,
    });
  }
  if (result.kind === 'failed') {
    throw new DocketError(
      'agent_failed',
      `the planning agent ${result.reason}: ${result.message}`,
      { hint: planByHand },
    );
  }
  const plan = readPlan(result.report);
  return planRequest(orchestration, { request, plan: { ...plan, ...fields } });
}

/**
 * Reads the plan that an agent reports. A wrong one is not the caller's doing.
 *
 * @throws DocketError `agent_failed`
 */
function readPlan(report: unknown): Plan {
  try {
    const plan = parseInput(AgentPlan, report, { what: 'plan:' });
    orderPlan(plan);
    return parseInput(Plan, plan, { what: 'plan:' });
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    const reason = error.message.replace(/^plan: /, '');
    const message = `the planning agent made no plan that can be used: ${reason}`;
    throw new DocketError('agent_failed', message, { hint: planByHand, cause: error });
  }
}

function planPrompt(request: string): string {
  return [
    'Break this request down into a plan. Look at the project as far as it takes to plan well, and',
    'change nothing. The plan has a title and subtasks in the order they are to be done. A subtask',
    'is what one agent can do in one sitting and somebody else can judge; each has a task_type',
    `(${TaskType.options.join(', ')}) and a`,
    'description that can be understood without this request. needs are the 1-based numbers of the',
    'subtasks that must be done first: leave them out where the order is simply one after the other.',
    'Subtasks that stand together and can be done side by side share the name of a parallel group.',
    'Code is reviewed: give the review a subtask of its own, which needs what it judges.',
    '',
    'The request:',
    ...request.split('\n').map((line) => `> ${line}`),
  ].join('\n');
}
