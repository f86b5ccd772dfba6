import type { TaskView } from './task.ts';

/** A task with what is below it, in order. */
export interface TaskTree {
  readonly task: TaskView;
  readonly subtasks: readonly TaskTree[];
}

/** Every task below it, a container before what it holds. */
export function tasksBelow({ subtasks }: TaskTree): readonly TaskView[] {
  return subtasks.flatMap((branch) => [branch.task, ...tasksBelow(branch)]);
}
