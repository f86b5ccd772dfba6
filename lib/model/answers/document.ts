import { isDoneRun, type Run } from '../run/run.ts';
import type { TaskContext } from '../task/input.ts';
import type { TaskView } from './task.ts';

/** Who worked on a task, in the seed's shape. */
export interface AssignedAgent {
  readonly agent: string;
  readonly started: string;
  readonly completed?: string;
  /** `approved` or `rejected` for a review, else how the run ended. */
  readonly status: string;
}

/**
 * Joins a task's context with what has a column or a table of its own, which gives the document of
 * the seed. Nothing of it is stored twice.
 */
export function documentOf(task: TaskView, runs: readonly Run[]): TaskContext {
  return {
    ...task.context,
    assigned_agents: runs.map(agentOf),
    ...(task.outcome === null ? {} : { outcome: task.outcome }),
    billable: task.billable,
    ...(task.billableMinutes === null ? {} : { billable_minutes: task.billableMinutes }),
  };
}

function agentOf(run: Run): AssignedAgent {
  const judged = run.role === 'review' && isDoneRun(run.status) ? run.verdict : null;
  return {
    agent: run.agent === '' ? run.actor : run.agent,
    started: run.startedAt,
    ...(run.finishedAt === null ? {} : { completed: run.finishedAt }),
    status: judged ?? run.status,
  };
}
