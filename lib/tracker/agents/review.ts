import type { StepState } from '../../model/run/next-step.ts';
import type { Run } from '../../model/run/run.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import { mapped, type Request } from '../../store/sql/request.ts';
import { needingTasks } from '../../store/tables/dependencies.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { LoadedList } from '../write/loaded-list.ts';

/** The fields of two tasks that tell whether one is the review of the other. */
type Judged = Pick<Task, 'type' | 'status' | 'parentId' | 'subtaskCount'>;

/**
 * Asks which of these tasks a review of the same plan needs. That review judges them, so they get
 * no review of their own.
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

/**
 * Lists what a review of a plan judges: the work that it needs there, and all leaves of that work.
 */
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

/**
 * Whether one task is the review of the other. A review with subtasks judges nothing, as it gets no
 * report.
 */
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

/** The state of a leaf that decides its next step, with its runs on record. */
export interface LeafStep extends StepState {
  readonly runs: readonly Run[];
}

/** Gives the state that decides the next step of a leaf. */
export function stepState(
  { type, assignedAgent }: Pick<Task, 'type' | 'assignedAgent'>,
  { runs, hasReviewTask }: { readonly runs: readonly Run[]; readonly hasReviewTask: boolean },
): LeafStep {
  // The task's own agent is its last one: a reviewer, where work goes back.
  const worked = runs.findLast(({ role, agent }) => role === 'work' && agent !== '');
  return { type, plannedAgent: worked?.agent ?? assignedAgent, hasReviewTask, runs };
}
