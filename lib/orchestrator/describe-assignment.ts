import type { RunView } from '../model/answers/run.ts';
import type { Run } from '../model/run/run.ts';
import { readForAgent, type TaskForAgent } from '../tracker/agents/read-for-agent.ts';
import { insightsFor } from '../tracker/insights/insights.ts';
import type { Scope } from '../tracker/scope.ts';

/** The fields of an earlier run that an agent is told. */
export type EarlierRun = Pick<Run, 'agent' | 'role' | 'status' | 'verdict' | 'error'>;

/** Everything that an agent is told of its task. Texts are as stored. */
export interface Assignment extends Omit<TaskForAgent, 'runs'> {
  readonly run: RunView;
  /** Lasting facts about the client, project and infrastructure of the task. */
  readonly insights: readonly string[];
  /** Earlier runs of the task. */
  readonly earlier: readonly EarlierRun[];
}

/** Reads the assignment of a run, anew for each run: the result of the run before is part of it. */
export async function describeAssignment(
  scope: Scope,
  { key, run }: { readonly key: string; readonly run: RunView },
): Promise<Assignment> {
  const { runs, ...assigned } = await readForAgent(scope, key);
  const earlier = runs.filter(({ id }) => id !== run.id);
  const known = await insightsFor(scope, key);
  const insights = known.map(({ subject, text }) => `${subject}: ${text}`);
  return { ...assigned, run, insights, earlier };
}
