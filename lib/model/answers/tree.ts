import type { TaskView } from './task.ts';

/** A task with what is below it, in order. */
export interface Branch {
  readonly task: TaskView;
  readonly subtasks: readonly Branch[];
}

/** Every task below it, a container before what it holds. */
export function tasksBelow({ subtasks }: Branch): readonly TaskView[] {
  return subtasks.flatMap((branch) => [branch.task, ...tasksBelow(branch)]);
}
