import { DocketError } from '../model/errors.ts';
import { nextStep } from '../model/run/next-step.ts';
import { docketAgents } from '../model/run/policy.ts';
import type { Leaf } from '../tracker/agents/plan-state.ts';
import type { Orchestration } from './orchestration.ts';

/**
 * Checks before the first claim that there is an agent for each step of these leaves. A step whose
 * planned agent is missing goes to the next one of its type, so one of them is enough.
 *
 * @throws DocketError `agent_failed` with those that are missing.
 */
export async function requireAgents(
  { runner, policy, cwd, env }: Orchestration,
  leaves: readonly Leaf[],
  signal: AbortSignal,
): Promise<void> {
  if (runner.findUnknown === undefined) return;
  const steps = leaves.flatMap((leaf) => agentsFor(leaf, policy));
  const names = [...new Set(steps.flat())];
  const unknown = new Set(await runner.findUnknown(names, { cwd, env }, signal));
  const missing = steps.filter((agents) => agents.every((agent) => unknown.has(agent))).flat();
  if (missing.length > 0) throw missingAgents(missing);
}

/** Gives the agents of each step that is left of a leaf, in the order of preference. */
function agentsFor(leaf: Leaf, policy: Orchestration['policy']): readonly (readonly string[])[] {
  const step = nextStep(leaf, policy);
  if (step.kind === 'done') return [];
  const reviewer = leaf.hasReviewTask ? null : policy.routes[leaf.type].review;
  return [step.agents, ...(reviewer === null ? [] : [[reviewer]])];
}

/** Says which agents Claude Code does not have, and how to get them. */
export function missingAgents(agents: readonly string[]): DocketError {
  const names = [...new Set(agents)];
  const others = names.filter((name) => !docketAgents.includes(name));
  const own = names.filter((name) => docketAgents.includes(name));
  const ways = [
    ...(own.length === 0 ? [] : [`docket init --agents installs ${own.join(' and ')}`]),
    ...(others.length === 0
      ? []
      : [
          `Define ${others.join(', ')} in .claude/agents, or name others: agents in .claude/docket.json, or in makePolicy`,
        ]),
  ];
  const what = `Claude Code has no agent for this here: ${names.join(', ')}`;
  return new DocketError('agent_failed', what, { hint: ways.join('. ') });
}
