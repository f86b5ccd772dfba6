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
