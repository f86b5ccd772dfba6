import { isContainer } from '../model/container.ts';
import type { TaskView } from '../model/output.ts';
import type { Run } from '../model/run.ts';
import type { Queue, Task } from '../model/task.ts';
import { findRuns } from '../store/tables/runs.ts';
import { findTask } from './find.ts';
import { findBelow } from './find-below.ts';
import type { Scope } from './scope.ts';
import { viewTask, viewTasks } from './views.ts';

/** A task that an agent can do. */
export interface Leaf {
  readonly task: TaskView;
  readonly queue: Queue;
  /** In the order they began, without their reports. */
  readonly runs: readonly Run[];
  /** Whether another task of the plan is the review of this one. */
  readonly hasReviewTask: boolean;
}

/** A task as a plan: itself, or what is below it, in order. */
export interface PlanState {
  readonly root: TaskView;
  readonly leaves: readonly Leaf[];
}

/** @throws DocketError `not_found`, `ambiguous_key` */
export function readPlanState(scope: Scope, key: string): Promise<PlanState> {
  return scope.store.read(async (db) => {
    const root = await findTask(db, scope.workspaceId, key);
    const below = await findBelow(db, [root.id]);
    const leaves = inOrder(root, below).filter((task) => !isContainer(task));
    const runs = await findRuns(
      db,
      leaves.map(({ id }) => id),
      { withReports: false },
    );
    const views = await viewTasks(db, scope, leaves);
    return {
      root: await viewTask(db, scope, root.id),
      leaves: leaves.flatMap((task, index) => {
        const view = views[index];
        if (view === undefined) return [];
        return {
          task: view,
          queue: task.queue,
          runs: runs.filter(({ taskId }) => taskId === task.id),
          hasReviewTask: views.some((other) => isReviewOf(other, view)),
        };
      }),
    };
  });
}

function isReviewOf(other: TaskView, task: TaskView): boolean {
  return (
    task.type !== 'review' &&
    other.type === 'review' &&
    other.status !== 'cancelled' &&
    other.parent === task.parent &&
    other.needs.includes(task.key)
  );
}

/** Each task before what is below it, siblings by position. */
function inOrder(root: Task, below: readonly Task[]): readonly Task[] {
  const children = new Map<string, Task[]>();
  for (const task of below) {
    const siblings = children.get(task.parentId ?? '');
    if (siblings) siblings.push(task);
    else children.set(task.parentId ?? '', [task]);
  }
  return walk(root);

  function walk(task: Task): readonly Task[] {
    return [task, ...(children.get(task.id) ?? []).flatMap(walk)];
  }
}
