import type { StepState } from '../../model/run/next-step.ts';
import type { Run } from '../../model/run/run.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import { mapped, type Request } from '../../store/sql/request.ts';
import { needingTasks } from '../../store/tables/dependencies.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { LoadedList } from '../write/loaded-list.ts';

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

/** Whether a review of the same plan needs a task of a loaded tree. */
export function isReviewed(list: LoadedList, task: TaskState): boolean {
  return list.dependentsOf(task.id).some(({ taskId }) => {
    const other = list.findState(taskId);
    return other !== undefined && isReviewOf(other, task);
  });
}

/** What a review of a plan judges: the work that it needs there, and all that this consists of. */
export function reviewedBy(list: LoadedList, review: TaskState): readonly TaskState[] {
  const needed = list
    .needsOf(review.id)
    .filter(({ type }) => type === 'blocks')
    .flatMap(({ dependsOnId }) => list.findState(dependsOnId) ?? [])
    .filter((task) => isBeside(review, task));
  const containers = needed.filter(isContainer);
  return [
    ...needed.filter((task) => isReviewOf(review, task)),
    ...containers.flatMap(({ id }) =>
      list.below(id).filter((task) => !isContainer(task) && task.type !== 'review'),
    ),
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

/** What decides what comes next for one leaf. */
export function stepState(
  { type, assignedAgent }: Pick<Task, 'type' | 'assignedAgent'>,
  { runs, hasReviewTask }: { readonly runs: readonly Run[]; readonly hasReviewTask: boolean },
): LeafStep {
  // The task's own agent is whoever had it last: a reviewer, where work goes back.
  const worked = runs.findLast(({ role, agent }) => role === 'work' && agent !== '');
  return { type, plannedAgent: worked?.agent ?? assignedAgent, hasReviewTask, runs };
}
