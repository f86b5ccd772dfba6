import type { TaskView } from '../model/output.ts';
import type { RunView } from '../model/run-output.ts';
import { insightsFor } from '../tracker/insights.ts';
import { showTask } from '../tracker/read.ts';
import { listRuns } from '../tracker/run-views.ts';
import type { Scope } from '../tracker/scope.ts';

/** Everything that an agent is told of its task. Text is as stored. */
export interface Assignment {
  readonly run: RunView;
  readonly task: TaskView;
  /** From the outermost in. */
  readonly containers: readonly TaskView[];
  /** What the task needed, and what came of it. */
  readonly needed: readonly TaskView[];
  readonly notes: readonly { readonly actor: string; readonly text: string }[];
  /** Lasting facts about whom and what the task is for. */
  readonly insights: readonly string[];
  /** Earlier runs of the task. */
  readonly earlier: readonly RunView[];
}

/** Reads it anew for each run: what came of the run before is part of it. */
export async function describeAssignment(
  scope: Scope,
  { key, run }: { readonly key: string; readonly run: RunView },
): Promise<Assignment> {
  const { task, notes } = await showTask(scope, key);
  const containers: TaskView[] = [];
  for (let parent = task.parent; parent !== null; ) {
    const { task: container } = await showTask(scope, parent);
    containers.unshift(container);
    parent = container.parent;
  }
  const needed: TaskView[] = [];
  for (const need of task.needs) needed.push((await showTask(scope, need)).task);
  const { runs } = await listRuns(scope, key);
  const earlier = runs.filter(({ id }) => id !== run.id);
  const known = await insightsFor(scope, key);
  const insights = known.map(({ subject, text }) => `${subject}: ${text}`);
  return { run, task, containers, needed, notes: [...notes], insights, earlier };
}
