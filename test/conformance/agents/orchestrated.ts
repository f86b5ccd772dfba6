import { Plan } from '../../../lib/model/plan/plan.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import {
  type AgentFunction,
  FunctionRunner,
} from '../../../lib/orchestrator/agents/function-runner.ts';
import { Orchestrator } from '../../../lib/orchestrator/orchestrator.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { apiAuthentication } from '../../acceptance/examples.ts';
import { orchestratorScope } from './orchestrator-scope.ts';

export const done = { status: 'completed', outcome: 'done' } as const;
export const approved = { ...done, approval: 'approved' } as const;

/** An orchestrator on the list, in a session of its own, whose agents answer anything. */
export function orchestrate(
  list: Scope,
  agent: (...given: Parameters<AgentFunction>) => unknown,
  limits: { readonly parallel?: number } = {},
): Orchestrator {
  return new Orchestrator({
    ...orchestratorScope(list),
    runner: new FunctionRunner(agent as AgentFunction),
    policy: makePolicy({ limits }),
    cwd: '/',
  });
}

/** A plan of one step, so that what happens to it is all that happens. */
export function single(title: string, task_type: 'bugfix' | 'deployment' | 'research') {
  return { title: `${title} now`, subtasks: [{ title, task_type }] };
}

/** The seed's plan: a design, code, its review, tests. */
export function seedPlan() {
  return Plan.parse(apiAuthentication.plan);
}
