import type { TaskView } from '../../model/answers/task.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Queue, Task } from '../../model/task/task.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findBelow } from '../derive/tree.ts';
import type { Scope } from '../scope.ts';
import { findTask } from '../view/find.ts';
import { viewTask, viewTasks } from '../view/task.ts';
import { findStepStates, type LeafStep } from './review.ts';

/** A task that an agent can do. */
export interface Leaf extends LeafStep {
  readonly task: TaskView;
  readonly queue: Queue;
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
    const subjects = await findStepStates(db, leaves, runs);
    return {
      root: await viewTask(db, scope, root.id),
      leaves: leaves.flatMap((task, index) => {
        const view = views[index];
        const subject = subjects[index];
        if (view === undefined || subject === undefined) return [];
        return { ...subject, task: view, queue: task.queue };
      }),
    };
  });
}

/** Each task before what is below it, siblings by position. */
function inOrder(root: Task, below: readonly Task[]): readonly Task[] {
  const children = Map.groupBy(below, ({ parentId }) => parentId);
  return walk(root);

  function walk(task: Task): readonly Task[] {
    return [task, ...(children.get(task.id) ?? []).flatMap(walk)];
  }
}
