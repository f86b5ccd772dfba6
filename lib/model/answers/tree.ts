import type { TaskView } from './task.ts';

/** A task with its subtasks, in order. */
export interface TaskTree {
  readonly task: TaskView;
  readonly subtasks: readonly TaskTree[];
}

/** Lists every task below a tree's own, a container before its subtasks. */
export function tasksBelow({ subtasks }: TaskTree): readonly TaskView[] {
  return subtasks.flatMap((tree) => [tree.task, ...tasksBelow(tree)]);
}

/** Joins a task with those below it, given in order, to a tree. */
export function treeOf(task: TaskView, below: readonly TaskView[]): TaskTree {
  const byParent = Map.groupBy(below, ({ parent }) => parent);
  return grow(task);

  function grow(root: TaskView): TaskTree {
    return { task: root, subtasks: (byParent.get(root.key) ?? []).map(grow) };
  }
}
