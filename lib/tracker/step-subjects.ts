import type { StepSubject } from '../model/next-step.ts';
import type { Run } from '../model/run.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { findReviewed } from './review-tasks.ts';

/** A leaf, as far as it decides what comes next, with its runs as they are on record. */
export interface LeafStep extends StepSubject {
  readonly runs: readonly Run[];
}

/**
 * What decides what comes next for each of these leaves, in their order. `runs` are all that they
 * had, each task's in the order they began.
 */
export async function findStepSubjects(
  db: Db,
  leaves: readonly Task[],
  runs: readonly Run[],
): Promise<readonly LeafStep[]> {
  const reviewed = await findReviewed(db, leaves);
  const byTask = Map.groupBy(runs, ({ taskId }) => taskId);
  return leaves.map(({ id, type, assignedAgent }) => {
    const own = byTask.get(id) ?? [];
    // The task's own agent is whoever had it last: a reviewer, where work goes back.
    const worked = own.findLast(({ role, agent }) => role === 'work' && agent !== '');
    const plannedAgent = worked?.agent ?? assignedAgent;
    return { type, plannedAgent, hasReviewTask: reviewed.has(id), runs: own };
  });
}
