import { isContainer } from '../model/container.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { findDependencies, findDependents } from '../store/tables/dependencies.ts';
import { findTasks } from '../store/tables/tasks.ts';
import { findBelow } from './find-below.ts';

/** Reviews of the same plan that need this task: they judge it, and nothing else has to. */
export async function findReviewTasks(db: Db, task: Task): Promise<readonly Task[]> {
  if (task.parentId === null || task.type === 'review') return [];
  const dependents = await findTasks(db, await findDependents(db, [task.id]));
  return dependents.filter((other) => isReviewOf(other, task));
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

function isReviewOf(review: Task, task: Task): boolean {
  return (
    review.type === 'review' &&
    review.status !== 'cancelled' &&
    isBeside(review, task) &&
    task.type !== 'review' &&
    !isContainer(task)
  );
}

function isBeside(review: Task, task: Task): boolean {
  return review.parentId === task.parentId;
}
