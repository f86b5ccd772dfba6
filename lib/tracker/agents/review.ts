import type { StepState } from '../../model/run/next-step.ts';
import type { Run } from '../../model/run/run.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { ask, mapped, type Request } from '../../store/sql/request.ts';
import { findDependencies, needingTasks } from '../../store/tables/dependencies.ts';
import { findTasks } from '../../store/tables/tasks.ts';
import { findBelow } from '../derive/tree.ts';

/** What of two tasks tells whether one is the review of the other. */
type Judged = Pick<Task, 'type' | 'status' | 'parentId' | 'subtaskCount'>;

/**
 * Ids of those of these tasks that a review of the same plan needs: it judges them, and nothing else
 * has to.
 */
export function reviewedRequest(tasks: readonly Task[]): Request<ReadonlySet<string>> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return mapped(needingTasks([...byId.keys()]), (needing) => {
    const reviewed = needing.filter((other) => {
      const task = byId.get(other.neededId);
      return task !== undefined && isReviewOf(other, task);
    });
    return new Set(reviewed.map(({ neededId }) => neededId));
  });
}

/** What a review of a plan judges: the work that it needs there, and all that this consists of. */
export async function findReviewedTasks(db: Db, review: Task): Promise<readonly Task[]> {
  if (review.parentId === null) return [];
  const needs = await findDependencies(db, [review.id]);
  const ids = needs.filter(({ type }) => type === 'blocks').map((need) => need.dependsOnId);
  const needed = await findTasks(db, ids);
  const containers = needed.filter((task) => isContainer(task) && isBeside(review, task));
  const parts = await findBelow(
    db,
    containers.map(({ id }) => id),
  );
  return [
    ...needed.filter((task) => isReviewOf(review, task)),
    ...parts.filter((task) => !isContainer(task) && task.type !== 'review'),
  ];
}

/** One that has subtasks judges nothing: it gets no report. */
function isReviewOf(review: Judged, task: Judged): boolean {
  return (
    review.type === 'review' &&
    review.status !== 'cancelled' &&
    !isContainer(review) &&
    isBeside(review, task) &&
    task.type !== 'review' &&
    !isContainer(task)
  );
}

function isBeside(review: Judged, task: Judged): boolean {
  return review.parentId !== null && review.parentId === task.parentId;
}

/** A leaf, as far as it decides what comes next, with its runs as they are on record. */
export interface LeafStep extends StepState {
  readonly runs: readonly Run[];
}

/**
 * What decides what comes next for each of these leaves, in their order. `runs` are all that they
 * had, each task's in the order they began.
 */
export async function findStepStates(
  db: Db,
  leaves: readonly Task[],
  runs: readonly Run[],
): Promise<readonly LeafStep[]> {
  const reviewed = await ask(db, reviewedRequest(leaves));
  const byTask = Map.groupBy(runs, ({ taskId }) => taskId);
  return leaves.map((leaf) => stepOf(leaf, { runs: byTask.get(leaf.id) ?? [], reviewed }));
}

/** The same of one leaf. `reviewed` are ids of tasks that a review of their plan judges. */
export function stepOf(
  { id, type, assignedAgent }: Task,
  { runs, reviewed }: { readonly runs: readonly Run[]; readonly reviewed: ReadonlySet<string> },
): LeafStep {
  // The task's own agent is whoever had it last: a reviewer, where work goes back.
  const worked = runs.findLast(({ role, agent }) => role === 'work' && agent !== '');
  const plannedAgent = worked?.agent ?? assignedAgent;
  return { type, plannedAgent, hasReviewTask: reviewed.has(id), runs };
}
