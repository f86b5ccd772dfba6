import type { TaskView } from '../../model/answers/task.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Queue, Task } from '../../model/task/task.ts';
import { ask, together } from '../../store/sql/request.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksBelow } from '../../store/tables/task-lookups.ts';
import type { Scope } from '../scope.ts';
import { findTaskWith } from '../view/find.ts';
import { viewerRequest } from '../view/task.ts';
import { type LeafStep, reviewedRequest, stepState } from './review.ts';

/** A task that an agent can do. */
export interface Leaf extends LeafStep {
  readonly task: TaskView;
  readonly queue: Queue;
}

/** A task as a plan: its leaves in order, or the task itself when it is a leaf. */
export interface PlanState {
  readonly root: TaskView;
  readonly leaves: readonly Leaf[];
}

/**
 * Reads the plan of a task and the state of each leaf.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readPlanState(scope: Scope, key: string): Promise<PlanState> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const { task: root, more: below } = await findTaskWith(db, {
      workspaceId,
      text: key,
      more: tasksBelow,
    });
    const leaves = inOrder(root, below).filter((task) => !isContainer(task));
    const ids = leaves.map(({ id }) => id);
    const [viewer, runs, reviewed] = await ask(
      db,
      together(
        viewerRequest([root, ...leaves], scope),
        runsOf(db.dialect, ids, { withReports: false }),
        reviewedRequest(leaves),
      ),
    );
    const byTask = Map.groupBy(runs, ({ taskId }) => taskId);
    return {
      root: viewer(root),
      leaves: leaves.map((task) => {
        const view = viewer(task);
        return {
          ...stepState(task, {
            runs: byTask.get(task.id) ?? [],
            hasReviewTask: reviewed.has(task.id),
          }),
          task: view,
          queue: view.ready ? ('ready' as const) : task.queue,
        };
      }),
    };
  });
}

/** Lists each task before the tasks below it, siblings by position. */
function inOrder(root: Task, below: readonly Task[]): readonly Task[] {
  const children = Map.groupBy(below, ({ parentId }) => parentId);
  return walk(root);

  function walk(task: Task): readonly Task[] {
    return [task, ...(children.get(task.id) ?? []).flatMap(walk)];
  }
}
