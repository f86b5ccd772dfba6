import type { RunView } from '../model/answers/run.ts';
import { readForAgent, type TaskForAgent } from '../tracker/agents/read-for-agent.ts';
import type { Scope } from '../tracker/scope.ts';

/** Everything that an agent is told of its task. Texts are as stored. */
export interface Assignment extends TaskForAgent {
  readonly run: RunView;
}

/** Reads the assignment of a run, anew for each run: the result of the run before is part of it. */
export async function describeAssignment(
  scope: Scope,
  { key, run }: { readonly key: string; readonly run: RunView },
): Promise<Assignment> {
  return { ...(await readForAgent(scope, key)), run };
}
